package com.acme.shop.reminders;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Right: the task knows the customer only, and whoever pays cancels it; the timer drops what is cancelled. */
public final class CancellableCartReminders {

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "cancellable-cart-reminders");
        thread.setDaemon(true);
        return thread;
    });

    static {
        TIMER.setRemoveOnCancelPolicy(true);
    }

    public Future<?> remind(RequestContext request) {
        String customer = request.customer();
        return TIMER.schedule(() -> Post.write(customer), 1, TimeUnit.DAYS);
    }
}
