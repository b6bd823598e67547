package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.counters.Counters;
import io.heapspec.result.Reason;
import java.util.concurrent.TimeUnit;

/**
 * The second step: repeats the test in blocks; a class stays suspected only while it grows in every one.
 *
 * <p>The first block is a single run. It acquits most clean tests: what their first run grew by was first use. Those that follow are
 * equal, so that a residue in proportion to the block (stale entries, pools) cancels out. The last two are longer: a leak keeps its
 * rate per run there, a cache that fills up bends.
 */
final class Confirmation {

    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(120);
    private static final long LONG_BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(120);
    private static final long STRETCHING_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
    private static final int MOST_RUNS = 16;
    private static final int MOST_LONG_RUNS = 400;
    /** A list that starts with the usual ten places has been replaced by a longer one after so many more. */
    private static final int RUNS_TO_STRETCH = 12;

    private static final int ATTEMPTS = 2;
    private static final int WARM_UPS = 4;
    private static final int LEAST_RUNS = 3;
    private static final int LEAST_LONG_RUNS = 5;
    private static final long SLOW_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    /** Classes that may be loaded meanwhile. */
    private static final int ROOM = 1024;

    private final Blocks blocks;
    private final ClassTable classes;
    private final Sensitivity sensitivity;
    private Suspects suspects;
    private Suspects steady = new Suspects(new int[0], new int[0]);
    private final Rates rates;
    private long bytesPerRun;

    Confirmation(Blocks blocks, ClassTable classes, Sensitivity sensitivity, Suspects suspects) {
        this.blocks = blocks;
        this.classes = classes;
        this.sensitivity = sensitivity;
        this.suspects = suspects;
        this.rates = new Rates(classes.size() + ROOM);
    }

    /** Runs blocks until nothing is suspected, or what is has grown in each of them. */
    Suspects shortBlocks() throws NotMeasurableException {
        firstBlock();
        // A copy, so that as many censuses are alive in the first of these blocks as in the second.
        Census beforeStretching = blocks.last().copy();
        for (int block = 0; block < 2 && !suspects.isEmpty(); block++) {
            int runs = shortRuns(block == 0);
            Census before = blocks.last();
            blocks.run(runs);
            suspects = suspects.pilingBy(sensitivity.leastGrowth(runs), before, blocks.last())
                    .stillStretching(beforeStretching, blocks.last());
            rates.note(suspects, runs, before, blocks.last());
            note(runs, before);
        }
        return suspects;
    }

    /**
     * Suspects what grows when the test runs again, whatever grew the first time: a count that fell there may hide one that rose. While
     * classes are being loaded, the block says nothing yet, and is run again.
     */
    private void firstBlock() throws NotMeasurableException {
        int runs = sensitivity.isEveryRun() ? 1 : sensitivity.leastRuns();
        for (int attempt = 1; ; attempt++) {
            Census before = blocks.last();
            long loaded = Counters.classesLoadedSoFar();
            blocks.run(runs);
            Suspects grown = Suspects.grownBetween(before, blocks.last(), classes);
            suspects = sensitivity.isEveryRun()
                    // A copy, so that as many arrays of suspects are alive in the second block as in the third.
                    ? new Suspects(grown.piling(), suspects.stretching().clone())
                    : Suspects.everything(classes);
            note(runs, before);
            bytesPerRun = Math.max(0, blocks.last().totalBytes() - before.totalBytes()) / runs;
            if (Counters.classesLoadedSoFar() == loaded || attempt == WARM_UPS) {
                return;
            }
        }
    }

    /**
     * Runs two long blocks, and two more if all that is suspected bends in them.
     *
     * @param between told after the first block of each two
     * @return what kept its rate, or, if nothing did, what still grows
     */
    LongBlocks longBlocks(Between between) throws NotMeasurableException {
        int runs = longRuns();
        int total = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (int block = 0; block < 2 && !suspects.isEmpty(); block++) {
                Census before = blocks.last();
                blocks.run(runs);
                total += runs;
                suspects = suspects.pilingBy(1, before, blocks.last());
                steady = rates.steady(suspects, sensitivity, runs, before, blocks.last());
                rates.note(suspects, runs, before, blocks.last());
                note(runs, before);
                if (block == 0 && !suspects.isEmpty()) {
                    between.firstBlockEnded(total);
                }
            }
            if (suspects.isEmpty() || !steady.isEmpty()) {
                return new LongBlocks(steady, total, false);
            }
            rates.forget();
        }
        return new LongBlocks(suspects, total, true);
    }

    private void note(int runs, Census before) {
        blocks.note(runs, suspects.largestGrowth(before, blocks.last()), before);
    }

    private int shortRuns(boolean mayStretch) throws NotMeasurableException {
        int most = mayStretch && suspects.stretching().length > 0 ? RUNS_TO_STRETCH : 2;
        int fitting = Math.max(fitting(BLOCK_NANOS, MOST_RUNS), mayStretch ? fitting(STRETCHING_NANOS, most) : 1);
        return withinMemory(Math.max(least(LEAST_RUNS), fitting));
    }

    /** Blocks of one run are for tests so slow that more would take too long. */
    private int least(int usual) {
        boolean slow = blocks.repeater().nanosPerRun() > SLOW_RUN_NANOS;
        return Math.max(slow ? 1 : usual, sensitivity.leastRuns());
    }

    private int longRuns() throws NotMeasurableException {
        int fitting = fitting(LONG_BLOCK_NANOS, MOST_LONG_RUNS);
        return withinMemory(Math.max(least(LEAST_LONG_RUNS), fitting));
    }

    private int fitting(long nanos, int most) {
        long perRun = Math.max(1, blocks.repeater().nanosPerRun());
        return (int) Math.max(1, Math.min(most, nanos / perRun));
    }

    /** Repetitions of a leak are leaks, too: they may take a quarter of what is left of the heap, and no more. */
    private int withinMemory(int runs) throws NotMeasurableException {
        if (bytesPerRun == 0) {
            return runs;
        }
        long free = Runtime.getRuntime().maxMemory() - blocks.last().totalBytes();
        long affordable = free / 4 / bytesPerRun;
        int least = sensitivity.leastRuns();
        if (affordable < least) {
            throw new NotMeasurableException(
                    Reason.BUDGET_SPENT,
                    "each run leaves " + bytesPerRun + " B behind, and the heap has no room to repeat it " + least
                            + " times",
                    null);
        }
        return (int) Math.min(runs, affordable);
    }

    /** What happens between two long blocks. */
    interface Between {

        /** The first of two ended, after so many runs altogether. */
        void firstBlockEnded(int runs) throws NotMeasurableException;
    }

    /**
     * How the long blocks ended.
     *
     * @param suspects what grew in all of them
     * @param runs how many runs they were together
     * @param bending whether growth became slower and slower
     */
    record LongBlocks(Suspects suspects, int runs, boolean bending) {}
}
