package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.result.Block;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Repeats a test in blocks and counts the live set after each.
 *
 * <p>The last run of a block follows a collection of its own: it flushes what the runs before left behind (stale weak entries, thread
 * locals, pooled objects), so that every count is taken in the same state, one run after a collection. What is noted goes into
 * arrays made before: notes must not grow on the heap they are about.
 */
final class Blocks {

    private static final int MOST = 16;
    /** Classes that may be loaded meanwhile. */
    private static final int ROOM = 1024;

    private final Repeater repeater;
    private final LiveSet liveSet;
    private final OpenWatch open;
    private final int[] runsOfBlock = new int[MOST];
    private final long[] growthOfBlock = new long[MOST];
    private final int[][] growthOfClasses;
    private int noted;
    private Census last;
    private boolean withoutGaps;

    Blocks(Repeater repeater, LiveSet liveSet, Census first, OpenWatch open) {
        this.open = open;
        this.repeater = repeater;
        this.liveSet = liveSet;
        this.last = first;
        this.growthOfClasses = new int[MOST][first.limit() + ROOM];
    }

    /** Runs one block. */
    void run(int runs) throws NotMeasurableException {
        if (runs > 1) {
            repeater.run(runs - 1);
            collectAndNoteWaiting(runs - 1);
        }
        runLast();
    }

    /**
     * Notes what many runs have left waiting for its cleaner, and collects. On most collectors the count is the collection, and sees what that has just found
     * to be gone.
     */
    private void collectAndNoteWaiting(int runs) throws NotMeasurableException {
        open.ran();
        Census reachable = liveSet.countReachable();
        open.counted(reachable != null ? reachable : liveSet.count(), runs);
        if (reachable != null) {
            liveSet.collect();
        }
    }

    private void runLast() throws NotMeasurableException {
        repeater.run(1);
        open.ran();
        noteWaiting();
        recount();
        open.counted(last);
    }

    /** Where a count collects first, that lets cleaners do their work; there, what waits for them is counted without. */
    private void noteWaiting() throws NotMeasurableException {
        // Known in here only: a census that is still in use would be counted by the next one.
        Census reachable = liveSet.countReachable();
        if (reachable != null) {
            open.counted(reachable);
        }
    }

    /**
     * Runs one block whose length in runs does not matter, in some time at most: how long a run takes was measured before, and a busy machine may
     * have become slower since.
     *
     * @return how many runs it was
     */
    int runWithin(int runs, long nanos) throws NotMeasurableException {
        int ran = runs > 1 ? repeater.runWithin(runs - 1, nanos) : 0;
        collectAndNoteWaiting(ran);
        runLast();
        return ran + 1;
    }

    /** Counts again, without a run of its own: what was on its way out may be gone now. */
    void recount() throws NotMeasurableException {
        last = withoutGaps ? liveSet.countCompact() : liveSet.count();
    }

    /** Counts again, and from now on such that gaps between objects do not count as objects; each count may take several collections. */
    void recountWithoutGaps() throws NotMeasurableException {
        withoutGaps = true;
        recount();
    }

    /** Notes the block that just ended, and the growth of the suspect that grew most in it. */
    void note(int runs, long growth, Census countedBefore) {
        if (noted < MOST) {
            runsOfBlock[noted] = runs;
            growthOfBlock[noted] = growth;
            // Figures, not the censuses: one more of those with each block would look like a leak of our own.
            int[] ofClasses = growthOfClasses[noted];
            for (int id = 0; id < Math.min(ofClasses.length, last.limit()); id++) {
                ofClasses[id] = (int) (last.count(id) - countedBefore.count(id));
            }
            noted++;
        }
    }

    Census last() {
        return last;
    }

    /** Returns all blocks, each with the growth of the suspect that grew most in it. */
    List<Block> record() {
        return IntStream.range(0, noted)
                .mapToObj(i -> new Block(runsOfBlock[i], growthOfBlock[i]))
                .toList();
    }

    /** Returns all blocks, each with the growth of one class. */
    List<Block> record(int classId) {
        return IntStream.range(0, noted)
                .mapToObj(i -> new Block(runsOfBlock[i], growthOfClass(i, classId)))
                .toList();
    }

    private int growthOfClass(int block, int classId) {
        int[] ofClasses = growthOfClasses[block];
        return classId < ofClasses.length ? ofClasses[classId] : 0;
    }

    Repeater repeater() {
        return repeater;
    }
}
