package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.counters.Counters;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * The second step: repeats the test in blocks; a class stays suspected only while it grows in every one.
 *
 * <p>The first block is a single run. It acquits most clean tests: what their first run grew by was first use. Those that follow are
 * equal, so that a residue in proportion to the block (stale entries, pools) cancels out. Then whatever is bounded is filled up, and only
 * what grows after that as before is left for the long blocks: a leak keeps its rate per run there, a cache that fills up bends.
 */
final class Confirmation {

    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(120);
    private static final Duration LENGTHENING = Duration.ofSeconds(4);
    private static final int MOST_RUNS = 16;
    private static final int MOST_LONG_RUNS = 400;

    /** Fewer runs fill nothing that the blocks do not fill as well. */
    private static final int LEAST_TO_FILL = 64;

    private static final int MOST_RUNS_TO_FILL = 2_000;
    /** What filling up may add to the heap if it is a leak that is filled: it makes every dump that follows so much larger. */
    private static final long FILL_BYTES = 16L << 20;

    /** What may be added where nothing is suspected: what is made much longer than it was has no reason to become so again in the blocks that follow. */
    private static final long ROOM_BYTES = 1L << 20;

    /** Runs of the body that show whether it adds to something. */
    private static final int FEW = 8;

    private static final int ATTEMPTS = 2;
    private static final int WARM_UPS = 4;
    private static final int LEAST_RUNS = 3;
    private static final int LEAST_LONG_RUNS = 5;
    private static final long SLOW_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    /** Classes that may be loaded meanwhile. */
    private static final int ROOM = 1024;

    private final Blocks blocks;
    private final Filling filling;
    private final ClassTable classes;
    private final Sensitivity sensitivity;
    private final IntPredicate unsteady;
    private Suspects suspects;
    private Suspects steady = Suspects.NONE;
    private final Rates rates;
    private final HeapRoom room;
    private int longRuns;
    private Census from;
    private int runsFrom;

    /** @param unsteady classes that gaps between objects are counted as */
    Confirmation(
            Blocks blocks,
            Filling filling,
            ClassTable classes,
            Sensitivity sensitivity,
            Suspects suspects,
            IntPredicate unsteady) {
        this.unsteady = unsteady;
        this.blocks = blocks;
        this.filling = filling;
        this.classes = classes;
        this.sensitivity = sensitivity;
        this.suspects = suspects;
        this.from = blocks.last();
        this.room = new HeapRoom(blocks.last());
        this.rates = new Rates(classes.size() + ROOM);
    }

    /** Runs blocks until nothing is suspected, or what is has grown in each of them. */
    Suspects shortBlocks() throws NotMeasurableException {
        if (Arrays.stream(suspects.piling()).anyMatch(unsteady)) {
            // Gaps come and go: they hide a leak of what they are counted as, or look like one.
            blocks.recountWithoutGaps();
        }
        firstBlock();
        twoShortBlocks();
        return suspects;
    }

    /** Returns what is suspected now. */
    Suspects suspects() {
        return suspects;
    }

    private void twoShortBlocks() throws NotMeasurableException {
        for (int block = 0; block < 2 && suspects.piling().length > 0; block++) {
            shortBlock();
        }
    }

    /**
     * Fills up what has a bound, and sees whether anything grows after that.
     *
     * @param roomForRuns how many runs may add to a list before it is made longer, where nothing is suspected: as often the body is run, if it takes no longer
     *     and adds no more than filling up may; 0 for as often as it ran before
     * @return what does
     */
    Suspects filledUp(int roomForRuns) throws NotMeasurableException {
        int[] known = suspects.stretching();
        long loaded = Counters.classesLoadedSoFar();
        if (suspects.piling().length == 0) {
            lookAgain(roomForRuns);
        }
        if (suspects.piling().length > 0) {
            Census before = blocks.last();
            int runs = fill(suspects.stretching(), 0);
            if (runs >= LEAST_TO_FILL) {
                acquitWhatIsEmptied(runs, before);
                shortBlock();
            }
        }
        fillAgain(known, loaded);
        return suspects;
    }

    /**
     * Acquits what did not grow while everything was filled up though the body adds to it: something empties it now and then, as a batch is
     * written out when it is large enough, and the blocks may fall between. What the body alone does not add to may be a leak of the rest of
     * the life cycle. The number of arrays says nothing of those that became longer: they stay suspected.
     */
    private void acquitWhatIsEmptied(int runs, Census before) throws NotMeasurableException {
        Census filled = blocks.last();
        IntPredicate stayed = id -> filled.count(id) - before.count(id) < sensitivity.leastGrowth(runs) / 2;
        if (Arrays.stream(suspects.piling()).noneMatch(stayed)) {
            return;
        }
        int few = filling.run(0, Math.max(FEW, sensitivity.leastRuns()), room.bytes(blocks.last()));
        blocks.recount();
        Census last = blocks.last();
        suspects = suspects.pilingWithout(id -> stayed.test(id) && isOfTheBody(last.count(id) - filled.count(id), few));
    }

    /** Tells whether a few runs of the body added to something, or emptied it. */
    private boolean isOfTheBody(long growth, int runs) {
        return growth >= sensitivity.leastGrowth(runs) || growth <= -runs / 2;
    }

    /**
     * Runs the test as often again as it ran before, and suspects what grew meanwhile even if it was not suspected before: in a single run,
     * one object less of another cause hides one more, and a list with room for more shows nothing. Where a leak may be rare, the blocks are so
     * long that neither matters.
     */
    private void lookAgain(int roomForRuns) throws NotMeasurableException {
        int[] known = suspects.stretching();
        Census before = blocks.last();
        int runs = fill(known, roomForRuns);
        if (sensitivity.isEveryRun()) {
            suspects = suspects.pilingAnew(sensitivity.leastGrowth(runs), before, blocks.last(), unsteady);
        }
        twoShortBlocks();
    }

    /**
     * Fills up once more, and that again as long as classes are loaded meanwhile. What was made longer once may have been so by chance, and loading
     * makes arrays longer here and there; what everything is added to is made longer by each. Where the test is too slow to run as often again as it
     * ran before, nothing is learned of what stretched all along.
     */
    private void fillAgain(int[] known, long loadedBefore) throws NotMeasurableException {
        long loaded = loadedBefore;
        for (int attempt = 0; attempt < WARM_UPS; attempt++) {
            boolean quiet = Counters.classesLoadedSoFar() == loaded;
            boolean isEnough = quiet && (attempt > 0 || suspects.stretchesAnyOf(known));
            if (isEnough || suspects.piling().length > 0 || suspects.stretching().length == 0) {
                return;
            }
            loaded = Counters.classesLoadedSoFar();
            Suspects before = suspects;
            int enough = leastToStretch();
            if (fill(before.stretching(), 0) < enough && before.stretchesAnyOf(known)) {
                suspects = before;
                return;
            }
            suspects = suspects.stretchesAnyOf(before.stretching()) ? suspects : Suspects.NONE;
        }
    }

    private int fill(int[] known, int roomForRuns) throws NotMeasurableException {
        Census before = blocks.last();
        int least = suspects.piling().length == 0 ? leastToStretch() : LEAST_TO_FILL;
        long bytes = roomForRuns == 0 ? room.bytes(before) : Math.min(ROOM_BYTES, room.bytes(before));
        int runs = filling.run(least, mostToFill(roomForRuns), bytes);
        blocks.recount();
        suspects = suspects.stretchingAfter(
                Math.max(1, runs / sensitivity.everyNthRun()), known, before, blocks.last(), classes, unsteady);
        return runs;
    }

    /** Collections and buffers that are replaced become twice as long at most: as many runs again as there were use up all the room there is. */
    private int leastToStretch() {
        return blocks.repeater().runs() + 8;
    }

    /** A list or buffer that is made too long by this has no reason to become longer in the blocks that follow. */
    private int mostToFill(int roomForRuns) {
        if (suspects.piling().length == 0) {
            return Math.min(Math.max(leastToStretch(), roomForRuns), room.affordable(blocks.last()));
        }
        return Math.min(MOST_RUNS_TO_FILL, room.affordable(blocks.last(), FILL_BYTES));
    }

    private void shortBlock() throws NotMeasurableException {
        int runs = withinMemory(Math.max(least(LEAST_RUNS), fitting(MOST_RUNS)));
        Census before = blocks.last();
        blocks.run(runs);
        suspects = suspects.pilingBy(sensitivity.leastGrowth(runs), before, blocks.last());
        rates.note(suspects, runs, before, blocks.last());
        note(runs, before);
        room.note(runs, before, blocks.last());
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
            room.noteFirst(runs, before, blocks.last());
            if (Counters.classesLoadedSoFar() == loaded || attempt == WARM_UPS) {
                return;
            }
        }
    }

    /**
     * Runs two long blocks, and two more if all that is suspected bends in them, or if classes were unloaded when it no longer grew: they hide as many that
     * are loaded.
     *
     * @return what kept its rate, or, if nothing did, what still grows
     */
    LongBlocks longBlocks() throws NotMeasurableException {
        from = blocks.last();
        if (suspects.piling().length == 0) {
            return lengthened(suspects, 0);
        }
        longRuns = withinMemory(Math.max(least(LEAST_LONG_RUNS), fitting(MOST_LONG_RUNS)));
        int total = 0;
        boolean settled = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Suspects asked = suspects;
            long unloaded = Counters.classesUnloadedSoFar();
            from = blocks.last();
            runsFrom = total;
            for (int block = 0; block < 2 && !suspects.isEmpty(); block++) {
                Census before = blocks.last();
                long loaded = Counters.classesLoadedSoFar();
                blocks.run(longRuns);
                total += longRuns;
                settled = loaded == Counters.classesLoadedSoFar();
                suspects = suspects.pilingBy(1, before, blocks.last());
                steady = rates.steady(suspects, sensitivity, longRuns, before, blocks.last());
                rates.note(suspects, longRuns, before, blocks.last());
                note(longRuns, before);
            }
            if (suspects.isEmpty() && Counters.classesUnloadedSoFar() != unloaded && attempt == 0) {
                suspects = asked;
                continue;
            }
            if (steady.piling().length == 0 && steady.stretching().length > 0) {
                // What piled up beside them was a trickle: these show only when they are lengthened.
                return lengthened(steady, total);
            } else if (suspects.isEmpty() || !steady.isEmpty()) {
                return ended(steady, total, false, settled);
            }
            rates.forget();
        }
        return ended(suspects, total, true, settled);
    }

    private LongBlocks ended(Suspects left, int runs, boolean bending, boolean settled) {
        return new LongBlocks(left, runs, from, runs - runsFrom, bending, settled);
    }

    private LongBlocks lengthened(Suspects stretching, int runsBefore) throws NotMeasurableException {
        suspects = stretching;
        long loaded = Counters.classesLoadedSoFar();
        int runs = runsBefore + lengthen();
        return ended(stretching, runs, false, loaded == Counters.classesLoadedSoFar());
    }

    /**
     * Runs once more as long as the long blocks together, whatever grows.
     *
     * @return how many runs that was
     */
    int onceMore() throws NotMeasurableException {
        if (suspects.piling().length == 0) {
            return lengthen();
        }
        int runs = withinMemory(2 * longRuns);
        blocks.run(runs);
        return runs;
    }

    /**
     * Runs so often that whatever bytes all runs were added to has to be replaced by something longer: the body alone, which is how they were found to
     * become longer, and the whole life cycle where the body is too slow. References that are added show in the dumps as they are.
     */
    private int lengthen() throws NotMeasurableException {
        if (Arrays.stream(suspects.stretching()).allMatch(classes::isReferenceArray)) {
            return blocks.runWithin(withinMemory(2 * MOST_RUNS), LENGTHENING.toNanos());
        }
        int enough = withinMemory(leastToStretch());
        long start = System.nanoTime();
        int ran = filling.runWithin(enough, LENGTHENING, room.bytes(blocks.last()));
        int left = Math.min(MOST_LONG_RUNS, Math.max(1, enough - ran));
        return ran + blocks.runWithin(left, LENGTHENING.toNanos() - (System.nanoTime() - start));
    }

    private void note(int runs, Census before) {
        blocks.note(runs, suspects.largestGrowth(before, blocks.last()), before);
    }

    /** Blocks of one run are for tests so slow that more would take too long. */
    private int least(int usual) {
        boolean slow = blocks.repeater().nanosPerRun() > SLOW_RUN_NANOS;
        return Math.max(slow ? 1 : usual, sensitivity.leastRuns());
    }

    private int fitting(int most) {
        long perRun = Math.max(1, blocks.repeater().nanosPerRun());
        return (int) Math.max(1, Math.min(most, BLOCK_NANOS / perRun));
    }

    private int withinMemory(int runs) throws NotMeasurableException {
        return room.within(runs, sensitivity.leastRuns(), blocks.last());
    }

    /**
     * How the long blocks ended.
     *
     * @param suspects what grew in all of them
     * @param runs how many runs they were together
     * @param from what was counted before those that decided
     * @param runsFrom how many runs these were
     * @param bending whether growth became slower and slower
     * @param settled whether no class was loaded in the last of them, so that what grew there as before was not added by that
     */
    record LongBlocks(Suspects suspects, int runs, Census from, int runsFrom, boolean bending, boolean settled) {}
}
