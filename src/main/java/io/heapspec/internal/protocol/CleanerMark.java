package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionTimeoutException;

/**
 * An object that is left to the JDK's own cleaner, whose thread closes files, sockets and native memory that the collector found: once that was seen to
 * clean this one, it is at work, and not waiting for a processor.
 *
 * <p>It is a {@link Timer}, whose thread ends when the timer was collected: {@code Timer} promises that, and does it by that cleaner.
 */
final class CleanerMark {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(1);

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
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(PATIENCE)
                    .until(() -> !thread.isAlive());
        } catch (ConditionTimeoutException notByACleaner) {
            // Nothing is known then of how far the cleaner is.
        }
    }
}
