package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import io.heapspec.internal.counters.Counters;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Gives what is on its way out the time to go: threads that were told to end and have not yet ended keep all they refer to.
 *
 * <p>There is nothing to wait for unless there are more threads than before the test.
 *
 * @param threadsBefore platform threads that were alive before the test ran
 */
record Linger(int threadsBefore) {

    private static final Duration LONGEST = Duration.ofMillis(600);
    private static final Duration POLL = Duration.ofMillis(10);

    /** Loads what waiting needs, so that it does not show as growth later. */
    void warmUp() {
        new Linger(Integer.MAX_VALUE).untilThreadsEnded();
    }

    /** Returns when the threads that the test started have ended, or when it is clear that they do not. */
    void untilThreadsEnded() {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(LONGEST)
                    .until(() -> Counters.liveThreads() <= threadsBefore);
        } catch (ConditionTimeoutException theyStay) {
            // Then they are part of what piles up.
        }
    }
}
