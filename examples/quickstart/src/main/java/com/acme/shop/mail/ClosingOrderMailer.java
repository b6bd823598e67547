package com.acme.shop.mail;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Right: the request that made the mailer closes it, and the thread ends. */
public final class ClosingOrderMailer implements AutoCloseable {

    private final BlockingQueue<String> outbox = new LinkedBlockingQueue<>();
    private final Thread sender = new Thread(this::send, "closing-order-mailer");

    public ClosingOrderMailer() {
        sender.setDaemon(true);
        sender.start();
    }

    public void confirm(String order) {
        outbox.add(order);
    }

    @Override
    public void close() {
        sender.interrupt();
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
