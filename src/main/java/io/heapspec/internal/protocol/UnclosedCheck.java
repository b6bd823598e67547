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
 *
 * <p>At any moment something may be closed that was open before, by a thread that is late, and hide as many that a run leaves. So nothing is acquitted by
 * what was seen once.
 */
final class UnclosedCheck {

    private static final int BLOCKS = 3;
    private static final int RUNS = 5;
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofMillis(600);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Repeater repeater;
    private final LiveSet liveSet;
    private final Cleanables cleanables;
    private final Sensitivity sensitivity;
    private final Linger linger;
    private final Cleanup cleanup;
    private final List<Block> blocks = new ArrayList<>();
    /** What was open and waiting when cleaners last had done what they had to. */
    private OpenLevel settled;

    private boolean files = true;
    private boolean cleaners = true;

    /** @param before what was open before the test ran for the first time */
    UnclosedCheck(
            Repeater repeater,
            LiveSet liveSet,
            Cleanables cleanables,
            Sensitivity sensitivity,
            Linger linger,
            OpenLevel before) {
        this.repeater = repeater;
        this.liveSet = liveSet;
        this.cleanables = cleanables;
        this.sensitivity = sensitivity;
        this.linger = linger;
        cleanup = new Cleanup(liveSet, cleanables);
        settled = before;
    }

    /** Returns what is left open in every block; null if nothing is. */
    @Nullable
    Openings run() throws NotMeasurableException {
        OpenLevel steady = steadyUnlessNothingIsOpened();
        if (!files && !cleaners) {
            return null;
        }
        settled = steady != null ? steady : cleanup.backTo(settled);
        long filesAtFirst = settled.files();
        int runs = 0;
        for (int block = 0; block < BLOCKS && (files || cleaners); block++) {
            int length = Math.max(block == 0 ? 1 : RUNS, sensitivity.leastRuns());
            runs += block(length, block == BLOCKS - 1 ? PATIENCE : Duration.ZERO);
        }
        if (!files && !cleaners) {
            return null;
        }
        return new Openings(files, cleaners, files && isStaying(filesAtFirst, runs), List.copyOf(blocks));
    }

    /**
     * Acquits most tests at the cost of some collections: nothing is opened any more, and nothing closed late, and what the first run left, as a call
     * site that it linked, is there once and for all. The first use of what looks may disturb that.
     *
     * @return what is open before and after two more runs alike, once collections have closed what they opened; null if that is not known
     */
    private @Nullable OpenLevel steadyUnlessNothingIsOpened() throws NotMeasurableException {
        OpenLevel before = cleanup.now();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long loaded = Counters.classesLoadedSoFar();
            long collections = Counters.collections();
            boolean moved = isMovedByEitherOfTwoRuns(before.files());
            boolean collected = Counters.collections() != collections;
            boolean waiting = cleanersBeforeACollection() != before.cleaners();
            OpenLevel after = cleanup.now();
            boolean back = after.equals(before) && !collected;
            if (back && !moved && !waiting) {
                files = false;
                cleaners = false;
                return after;
            } else if (back && Counters.classesLoadedSoFar() == loaded) {
                return after;
            } else if (after.files() > before.files()) {
                return null;
            }
            before = after;
        }
        return null;
    }

    private boolean isMovedByEitherOfTwoRuns(long before) throws NotMeasurableException {
        repeater.run(sensitivity.leastRuns());
        long afterOne = Counters.openFileDescriptors();
        repeater.run(sensitivity.leastRuns());
        return afterOne != before || Counters.openFileDescriptors() != before;
    }

    /**
     * Tells whether not even a collection closes what was opened, nor the end of the threads that are about to end. A collection closes all or nothing of it,
     * and what was open before the first block may be closed since: so half of it tells.
     */
    private boolean isStaying(long filesAtFirst, int runs) throws NotMeasurableException {
        long least = sensitivity.isEveryRun() ? runs / 2 : 1;
        if (settled.files() - filesAtFirst < least) {
            return false;
        }
        linger.untilThreadsEnded(runs);
        return cleanup.backTo(settled).files() - filesAtFirst >= least;
    }

    /**
     * Runs a block, again if it does not show what is looked for, and once more if that was disturbed: by a collection, which closes what is looked for, or
     * by cleaners that were late, so that more was open before than should have been.
     *
     * @return how many runs that took
     */
    private int block(int length, Duration patience) throws NotMeasurableException {
        long least = sensitivity.leastGrowth(length);
        long opened = 0;
        long more = 0;
        for (int attempt = 1; ; attempt++) {
            Look look = look(length, patience);
            opened = Math.max(opened, look.files());
            more = Math.max(more, look.cleaners());
            boolean shown = (!files || opened >= least) && (!cleaners || more >= least);
            if (shown || attempt == ATTEMPTS || attempt > 1 && !look.disturbed()) {
                files &= opened >= least;
                cleaners &= more >= least;
                blocks.add(new Block(length, opened >= least ? opened : more));
                return attempt * length;
            }
        }
    }

    private Look look(int length, Duration patience) throws NotMeasurableException {
        OpenLevel before = settled;
        long collections = Counters.collections();
        repeater.run(length);
        long opened = openedSince(before.files(), sensitivity.leastGrowth(length), patience);
        boolean collected = Counters.collections() != collections;
        long more = cleanersBeforeACollection() - before.cleaners();
        settled = cleanup.backTo(before);
        return new Look(opened, more, collected || before.isAbove(settled));
    }

    /** Counts descriptors, and again for a while as long as more are open than before: some are closed by another thread. */
    private static long openedSince(long before, long least, Duration patience) {
        if (!patience.isZero()) {
            try {
                await().pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(POLL)
                        .atMost(patience)
                        .until(() -> Counters.openFileDescriptors() - before < least);
            } catch (ConditionTimeoutException theyStayOpen) {
                // The count below says how many.
            }
        }
        return Counters.openFileDescriptors() - before;
    }

    /** On most collectors a histogram is taken while what was found to be unreachable still waits for its cleaner. */
    private long cleanersBeforeACollection() throws NotMeasurableException {
        Census reachable = liveSet.countReachable();
        return cleanables.count(reachable != null ? reachable : liveSet.count());
    }

    /**
     * What some runs left.
     *
     * @param files how many more descriptors were open than before
     * @param cleaners how many more cleaners waited
     * @param disturbed whether some that they left may have been closed, or more than those before them had been open
     */
    private record Look(long files, long cleaners, boolean disturbed) {}

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
