package com.acme.shop.reminders;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Wrong: the task waits for a day, and keeps the request it was made in until then, even if the cart was paid for at once. */
public final class CartReminders {

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cart-reminders");
        thread.setDaemon(true);
        return thread;
    });

    public void remind(RequestContext request) {
        TIMER.schedule(() -> Post.write(request.customer()), 1, TimeUnit.DAYS);
    }
}
