package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import io.heapspec.internal.counters.Counters;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Gives what is on its way out the time to go: threads that were told to end and have not yet ended keep all they refer to.
 *
 * <p>There is nothing to wait for unless there are more threads than before the test. Where there are more with every run, it is worth
 * waiting for those that look only every other second whether they are needed, and as long as some end, more may be about to. That is done once, unless
 * threads do end.
 */
final class Linger {

    private static final Duration USUAL = Duration.ofMillis(600);
    private static final Duration PER_RUN = Duration.ofMillis(3500);
    private static final Duration LONGEST = Duration.ofSeconds(6);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final long UNKNOWN = -1;

    private final int threadsBefore;
    /** How many threads had ended when it was waited for long, and in vain. */
    private long endedInVain = UNKNOWN;

    /** @param threadsBefore platform threads that were alive before the test ran */
    Linger(int threadsBefore) {
        this.threadsBefore = threadsBefore;
    }

    /** Loads what waiting needs, and what it needs when it is in vain, so that neither shows as growth later. */
    void warmUp() {
        fewerThan(Integer.MAX_VALUE, USUAL);
        fewerThan(0, POLL.multipliedBy(2));
    }

    /**
     * Returns when the threads that the test started have ended, or when it is clear that they do not.
     *
     * @param runs how many runs may have left a thread
     */
    void untilThreadsEnded(int runs) {
        long start = System.nanoTime();
        int threads = Counters.liveThreads();
        long ended = Counters.endedThreads();
        boolean longer = threads - threadsBefore >= Math.max(2, runs / 2) && ended != endedInVain;
        Duration patience = longer ? PER_RUN : USUAL;
        while (threads > threadsBefore
                && System.nanoTime() - start < LONGEST.toNanos()
                && fewerThan(threads, patience)) {
            threads = Counters.liveThreads();
        }
        if (longer && threads > threadsBefore) {
            endedInVain = Counters.endedThreads() == ended ? ended : UNKNOWN;
        }
    }

    private static boolean fewerThan(int threads, Duration patience) {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(patience)
                    .until(() -> Counters.liveThreads() < threads);
            return true;
        } catch (ConditionTimeoutException theyStay) {
            return false;
        }
    }
}
