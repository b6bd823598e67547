package com.acme.shop.reminders;

import java.util.Objects;

/** Stands for whatever brings a reminder to the customer. */
final class Post {

    private Post() {}

    static void write(String customer) {
        Objects.requireNonNull(customer);
    }
}
