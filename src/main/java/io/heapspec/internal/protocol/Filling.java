package io.heapspec.internal.protocol;

import io.heapspec.internal.counters.Counters;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Runs a test many times in a short time, so that whatever has a bound reaches it: a cache fills up, a buffer has the length it needs. What
 * grows afterwards just as before has no bound within reach.
 *
 * <p>The body alone is run, for a whole life cycle takes long; only where the body cannot be run alone, the life cycle is. It ends early when
 * something becomes scarce that later repetitions need: threads, files, memory; the body alone may pile up in the fields of its one instance what a life
 * cycle lets go. And where the body is so slow that the blocks run it about as often, it is left at a few runs.
 *
 * <p>What counts as its time is what the thread computed, or half of what passed if that is more. So a body that computes fills as far where it has
 * only every other moment of a processor as where it has all, and a body that waits ends it nevertheless.
 */
final class Filling {

    private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
    /** How many times as long as the thread computes it may last. */
    private static final int MOST_WAITING = 2;

    private static final int TRIAL_RUNS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_THREADS = 16;
    private static final int MOST_FILES = 64;
    private static final int MOST_CLASSES = 500;
    private static final long MOST_BUFFER_BYTES = 16L << 20;

    private final Repeater repeater;
    private final RepeatableTest test;
    private final LiveSet liveSet;
    private int runs;

    Filling(Repeater repeater, RepeatableTest test, LiveSet liveSet) {
        this.repeater = repeater;
        this.test = test;
        this.liveSet = liveSet;
    }

    /**
     * Runs the test at most so many times.
     *
     * @param least below which it is not worth the time: then it ends after a few runs
     * @param mayRetain how many bytes more may be alive then than now, just after a collection
     * @return how many times it ran
     */
    int run(int least, int most, long mayRetain) throws NotMeasurableException {
        return run(most, mayRetain, spent -> isOver(spent, least));
    }

    /**
     * Runs the test so many times, or as often as it fits into some time.
     *
     * @return how many times it ran
     */
    int runWithin(int most, Duration time, long mayRetain) throws NotMeasurableException {
        long start = System.nanoTime();
        long nanos = time.toNanos();
        return run(most, mayRetain, spent -> System.nanoTime() - start > nanos);
    }

    private int run(int most, long mayRetain, LongPredicate isOver) throws NotMeasurableException {
        runs = 0;
        Repetition body = test.body();
        boolean ran = repeater.runApart(() -> fill(body, most, mayRetain, isOver), PATIENCE);
        if (!ran && runs == 0) {
            int few = Math.min(most, TRIAL_RUNS);
            repeater.run(few);
            return few;
        }
        repeater.ran(runs);
        return runs;
    }

    private void fill(Repetition body, int most, long mayRetain, LongPredicate isOver)
            throws RepetitionFailedException {
        Counters before = Counters.read();
        HeapUse heap = new HeapUse(mayRetain);
        long start = System.nanoTime();
        long computed = Counters.computedByThisThread();
        int nextLook = 1;
        while (runs < most && !isOver.test(spent(start, computed))) {
            body.run();
            runs++;
            if (heap.isTooMuch()) {
                return;
            }
            if (runs == nextLook) {
                nextLook = runs + Math.min(runs, MOST_THREADS);
                if (isScarce(before, Counters.read())) {
                    return;
                }
            }
        }
    }

    private static long spent(long start, long computed) {
        return Math.max(Counters.computedByThisThread() - computed, (System.nanoTime() - start) / MOST_WAITING);
    }

    private boolean isOver(long spent, int least) {
        boolean outOfReach = runs == TRIAL_RUNS && spent / TRIAL_RUNS * least > LONGEST_NANOS;
        return outOfReach || spent > (runs < least ? LONGEST_NANOS : USUAL_NANOS);
    }

    private static boolean isScarce(Counters before, Counters now) {
        return now.threads() - before.threads() >= MOST_THREADS
                || now.openFiles() - before.openFiles() >= MOST_FILES
                || now.classesLoaded() - before.classesLoaded() >= MOST_CLASSES
                || now.bufferBytes() - before.bufferBytes() >= MOST_BUFFER_BYTES;
    }

    /**
     * Watches what stays alive. What was not allocated cannot have stayed, so that is looked at first; only where it might be too much does a collection tell
     * what of it is garbage, and again whenever twice as much was allocated.
     */
    private final class HeapUse {

        private final long mayRetain;
        private final long usedBefore = Counters.heapInUse();
        private final long allocatedBefore = Counters.allocatedByThisThread();
        private long nextLook;

        private HeapUse(long mayRetain) {
            this.mayRetain = mayRetain;
            this.nextLook = mayRetain;
        }

        private boolean isTooMuch() {
            long allocated = Counters.allocatedByThisThread() - allocatedBefore;
            if (allocated < nextLook) {
                return false;
            }
            nextLook = 2 * allocated;
            try {
                liveSet.collect();
            } catch (NotMeasurableException cannotBeTold) {
                return true;
            }
            return Counters.heapInUse() - usedBefore > mayRetain;
        }
    }
}
