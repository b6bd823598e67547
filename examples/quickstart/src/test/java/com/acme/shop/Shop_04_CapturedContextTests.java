package com.acme.shop;

import com.acme.shop.reminders.CancellableCartReminders;
import com.acme.shop.reminders.CartReminders;
import com.acme.shop.reminders.RequestContext;
import io.heapspec.NoLeak;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A request's context that a waiting task keeps, and a task that is cancelled when the request is served. */
class Shop_04_CapturedContextTests {

    @Test
    @NoLeak
    void paysForACart() {
        RequestContext request = new RequestContext("ada", new byte[16 << 10]);
        new CartReminders().remind(request);
    }

    @Test
    @NoLeak
    void paysForACartAndCancelsTheReminder() {
        RequestContext request = new RequestContext("ada", new byte[16 << 10]);
        Future<?> reminder = new CancellableCartReminders().remind(request);
        reminder.cancel(false);
    }
}
