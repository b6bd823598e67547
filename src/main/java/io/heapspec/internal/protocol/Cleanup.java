package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import io.heapspec.internal.counters.Counters;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Collects, and gives the threads that clean up after what was collected the time to do so: they run beside everything else, and on a busy machine
 * they are late by more than one collection.
 */
final class Cleanup {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(20);

    private final LiveSet liveSet;
    private final Cleanables cleanables;

    Cleanup(LiveSet liveSet, Cleanables cleanables) {
        this.liveSet = liveSet;
        this.cleanables = cleanables;
    }

    /**
     * Collects until cleaners have done their work. If then more is open than before, it gets a moment more: descriptors may be those of threads that
     * are about to end.
     *
     * @param before what was open before
     * @return what is open now
     */
    OpenLevel backTo(OpenLevel before) throws NotMeasurableException {
        collect();
        OpenLevel[] now = {lowest()};
        if (now[0].isAbove(before)) {
            try {
                await().pollInSameThread()
                        .pollDelay(POLL)
                        .pollInterval(POLL)
                        .atMost(PATIENCE)
                        .until(() -> !(now[0] = count()).isAbove(before));
            } catch (ConditionTimeoutException itStaysOpen) {
                // What was counted last says how much.
            }
        }
        return now[0];
    }

    /** Collects until the JDK's cleaner has done its work, and returns what is open then. */
    OpenLevel now() throws NotMeasurableException {
        collect();
        return count();
    }

    private void collect() throws NotMeasurableException {
        CleanerMark mark = CleanerMark.dropped();
        liveSet.collect();
        mark.awaitCleaned();
    }

    /** Counts until there is no less than the last time: the cleaners of libraries have threads of their own. */
    private OpenLevel lowest() throws NotMeasurableException {
        OpenLevel last = count();
        OpenLevel now = count();
        while (last.isAbove(now)) {
            last = now;
            now = count();
        }
        return now;
    }

    private OpenLevel count() throws NotMeasurableException {
        long cleaners = cleanables.count(liveSet.count());
        return new OpenLevel(Counters.openFileDescriptors(), cleaners);
    }
}
