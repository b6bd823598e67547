package io.heapspec.internal.protocol;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;

/**
 * An object that is left to the JDK's own cleaner, whose thread closes files, sockets and native memory that the collector found: once that was seen to
 * clean this one, it is at work, and not waiting for a processor.
 *
 * <p>It is a {@link Timer}, whose thread ends when the timer was collected: {@code Timer} promises that, and does it by that cleaner.
 */
final class CleanerMark {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Thread thread;

    private CleanerMark(Thread thread) {
        this.thread = thread;
    }

    /** Makes one, and drops it. */
    static CleanerMark dropped() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        new Timer("heapspec cleaner mark", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                thread.complete(Thread.currentThread());
                            }
                        },
                        0);
        return new CleanerMark(thread.join());
    }

    /** Returns when it was cleaned after a collection, or when that takes too long to tell anything. */
    void awaitCleaned() {
        try {
            // Where no cleaner ends it, nothing is known of how far the cleaner is.
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
