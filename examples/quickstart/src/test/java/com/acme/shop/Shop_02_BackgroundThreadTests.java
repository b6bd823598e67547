package com.acme.shop;

import com.acme.shop.mail.ClosingOrderMailer;
import com.acme.shop.mail.OrderMailer;
import io.heapspec.NoLeak;
import org.junit.jupiter.api.Test;

/** A thread for each request that waits for ever, and one that is told when there is nothing more to wait for. */
class Shop_02_BackgroundThreadTests {

    @Test
    @NoLeak
    void confirmsAnOrder() {
        OrderMailer mailer = new OrderMailer();
        mailer.confirm("order 1");
    }

    @Test
    @NoLeak
    void confirmsAnOrderAndClosesTheMailer() {
        try (ClosingOrderMailer mailer = new ClosingOrderMailer()) {
            mailer.confirm("order 1");
        }
    }
}
