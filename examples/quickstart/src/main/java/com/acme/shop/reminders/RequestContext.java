package com.acme.shop.reminders;

/** All that is known about one request: who asked, and the whole body that was sent. */
public record RequestContext(String customer, byte[] body) {}
