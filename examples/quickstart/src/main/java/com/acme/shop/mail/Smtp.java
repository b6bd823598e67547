package com.acme.shop.mail;

import java.util.Objects;

/** Stands for the mail server. */
final class Smtp {

    private Smtp() {}

    static void deliver(String mail) {
        Objects.requireNonNull(mail);
    }
}
