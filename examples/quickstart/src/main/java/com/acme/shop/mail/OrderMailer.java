package com.acme.shop.mail;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Wrong: each request makes a mailer, each mailer starts a thread, and no thread ever learns that there is no more mail. */
public final class OrderMailer {

    private final BlockingQueue<String> outbox = new LinkedBlockingQueue<>();

    public OrderMailer() {
        Thread sender = new Thread(this::send, "order-mailer");
        sender.setDaemon(true);
        sender.start();
    }

    public void confirm(String order) {
        outbox.add(order);
    }

    private void send() {
        try {
            while (true) {
                Smtp.deliver(outbox.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
