package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Tells growth from gaps, where the collector leaves dead objects in place and the histogram counts what fills the gap as an
 * {@code int[]} or {@code Object}.
 *
 * <p>A gap comes with the collection, not with the test: a test in a row of like ones leaves as many as the one before. So many are allowed once
 * they were all that a test left; a leak shows beside them. When a collection leaves no gap, the count is exact, and is compared with the last exact one, so that the
 * end of gaps hides no leak either; and where gaps alone are suspected, such a collection is forced.
 */
final class Gaps {

    private static final String[] FILLERS = {"int[]", "java.lang.Object"};
    private static final int REMEMBERED = 4;
    private static final long UNKNOWN = -1;

    private final LiveSet liveSet;
    private final ClassTable classes;
    private final int[] fillers = new int[FILLERS.length];
    private final long[] exact = new long[FILLERS.length];
    private final long[] suspected = new long[FILLERS.length];
    private final long[][] left = new long[FILLERS.length][REMEMBERED];
    private int learned;

    Gaps(LiveSet liveSet, ClassTable classes) {
        this.liveSet = liveSet;
        this.classes = classes;
        Arrays.fill(fillers, -1);
        forget();
    }

    /** Forgets the last exact count: something else happened since. */
    void forget() {
        Arrays.fill(exact, UNKNOWN);
    }

    /** Notes a count that a test is to be compared with. */
    void started(Census census) {
        forget();
        passed(census);
    }

    /** Notes the count after a test that did not grow. */
    void passed(Census census) {
        if (liveSet.mayHaveGaps() && liveSet.isCompact()) {
            find();
            for (int i = 0; i < fillers.length; i++) {
                exact[i] = count(census, i);
            }
        }
    }

    /** Notes what may be the gaps that came with a test. */
    void suspected(Census before, Census after) {
        for (int i = 0; i < fillers.length; i++) {
            suspected[i] = count(after, i) - count(before, i);
        }
    }

    /** Learns that it was gaps which were suspected last: an exact count showed that the test left nothing else. */
    void cleared() {
        for (int i = 0; i < fillers.length; i++) {
            left[i][learned % REMEMBERED] = suspected[i];
        }
        learned++;
    }

    /** Replaces suspicions of what gaps are filled with by a judgement that knows of gaps. */
    Suspects judge(Suspects suspects, Census before, Census now) {
        if (!liveSet.mayHaveGaps()) {
            return suspects;
        }
        find();
        IntStream grown = IntStream.range(0, fillers.length)
                .filter(i -> grew(i, before, now))
                .map(i -> fillers[i]);
        return suspects.replacing(isFiller(), grown);
    }

    /** Tells whether there is no other suspicion, and an exact count could clear it. */
    boolean areAllOf(Suspects suspects) {
        return !suspects.isEmpty()
                && suspects.stretching().length == 0
                && Arrays.stream(suspects.piling()).allMatch(isFiller())
                && exact[0] != UNKNOWN;
    }

    /** Tells the classes that gaps are counted as. */
    IntPredicate isFiller() {
        return id -> liveSet.mayHaveGaps() && (id == fillers[0] || id == fillers[1]);
    }

    private boolean grew(int filler, Census before, Census now) {
        long count = count(now, filler);
        if (liveSet.isCompact() && exact[filler] != UNKNOWN) {
            return count > exact[filler];
        }
        return count > count(before, filler) + allowed(filler);
    }

    /** A class that was never seen has no objects. */
    private long count(Census census, int filler) {
        return fillers[filler] < 0 ? 0 : census.count(fillers[filler]);
    }

    /** The least that came with any of the tests that are remembered and had gaps. */
    private long allowed(int filler) {
        return Arrays.stream(left[filler]).filter(gaps -> gaps > 0).min().orElse(0);
    }

    private void find() {
        for (int i = 0; i < fillers.length; i++) {
            fillers[i] = fillers[i] >= 0 ? fillers[i] : classes.idOf(FILLERS[i]);
        }
    }
}
