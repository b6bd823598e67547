package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.counters.Counters;
import io.heapspec.result.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether each run leaves something open: repeats the test in blocks with no collection in them, and counts file descriptors, and cleaners that
 * wait for the collector, before and after each.
 *
 * <p>What a test opens once is acquitted by the first blocks; what is closed a moment later, as by a thread of a pool, gets that moment after the last.
 */
final class UnclosedCheck {

    private static final int BLOCKS = 3;
    private static final int RUNS = 5;
    private static final int ATTEMPTS = 3;
    private static final int MOST_COUNTS = 5;
    private static final Duration PATIENCE = Duration.ofMillis(600);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Repeater repeater;
    private final LiveSet liveSet;
    private final Cleanables cleanables;
    private final Sensitivity sensitivity;
    private final List<Block> blocks = new ArrayList<>();
    private long fewestFiles = Long.MAX_VALUE;
    private long fewestCleaners = Long.MAX_VALUE;
    private boolean files = true;
    private boolean cleaners = true;

    UnclosedCheck(Repeater repeater, LiveSet liveSet, Cleanables cleanables, Sensitivity sensitivity) {
        this.repeater = repeater;
        this.liveSet = liveSet;
        this.cleanables = cleanables;
        this.sensitivity = sensitivity;
    }

    /** Returns what is left open in every block; null if nothing is. */
    @Nullable
    Openings run() throws NotMeasurableException {
        settle();
        long filesAtFirst = fewestFiles;
        int runs = 0;
        for (int block = 0; block < BLOCKS && (files || cleaners); block++) {
            int length = Math.max(block == 0 ? 1 : RUNS, sensitivity.leastRuns());
            runs += block(length, block == BLOCKS - 1 ? PATIENCE : Duration.ZERO);
            settle();
        }
        if (!files && !cleaners) {
            return null;
        }
        long staying = Counters.openFileDescriptors() - filesAtFirst;
        return new Openings(files, cleaners, files && staying >= sensitivity.leastGrowth(runs), List.copyOf(blocks));
    }

    /**
     * Runs a block, again if it was disturbed: by a collection, which closes what is looked for, or by cleaners that were late, so that more was
     * open before than should have been.
     *
     * @return how many runs that took
     */
    private int block(int length, Duration patience) throws NotMeasurableException {
        long least = sensitivity.leastGrowth(length);
        int runs = 0;
        for (int attempt = 1; ; attempt++) {
            long collections = Counters.collections();
            long fewest = fewestFiles + fewestCleaners;
            repeater.run(length);
            runs += length;
            long opened = openedAfter(least, patience);
            boolean disturbed = Counters.collections() != collections;
            long more = cleanersBeforeACollection() - fewestCleaners;
            if (opened < least || more < least) {
                settle();
                disturbed |= fewestFiles + fewestCleaners < fewest;
            } else {
                disturbed = false;
            }
            if (!disturbed || attempt == ATTEMPTS) {
                files &= opened >= least;
                cleaners &= more >= least;
                blocks.add(new Block(length, Math.min(opened >= least ? opened : more, more >= least ? more : opened)));
                return runs;
            }
        }
    }

    /** Counts descriptors, and again for a while as long as more are open than before: some are closed by another thread. */
    private long openedAfter(long least, Duration patience) {
        if (!patience.isZero()) {
            try {
                await().pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(POLL)
                        .atMost(patience)
                        .until(() -> Counters.openFileDescriptors() - fewestFiles < least);
            } catch (ConditionTimeoutException theyStayOpen) {
                // The count below says how many.
            }
        }
        return Counters.openFileDescriptors() - fewestFiles;
    }

    /** On most collectors a histogram is taken while what was found to be unreachable still waits for its cleaner. */
    private long cleanersBeforeACollection() throws NotMeasurableException {
        Census reachable = liveSet.countReachable();
        return cleanables.count(reachable != null ? reachable : liveSet.count());
    }

    /** Collects until cleaners have done what they had to, which is when there are no fewer of them than before. */
    private void settle() throws NotMeasurableException {
        liveSet.collect();
        long fewer = cleanables.count(liveSet.count());
        for (int count = 1; count < MOST_COUNTS; count++) {
            long now = cleanables.count(liveSet.count());
            if (now >= fewer) {
                break;
            }
            fewer = now;
        }
        fewestCleaners = Math.min(fewestCleaners, fewer);
        fewestFiles = Math.min(fewestFiles, Counters.openFileDescriptors());
    }

    /**
     * What each run leaves open.
     *
     * @param files whether it has file descriptors
     * @param cleaners whether it waits for a cleaner
     * @param staying whether descriptors stay open even after a collection
     * @param blocks the blocks, each with what was open after it and not before
     */
    record Openings(boolean files, boolean cleaners, boolean staying, List<Block> blocks) {}
}
