package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import org.jspecify.annotations.Nullable;

/**
 * The first step: compares the live set before and after a test, at the cost of one collection for a clean one.
 *
 * <p>Tests in a row share a census. What one test and its runner still hold when it is judged (the instance, its fields, the
 * runner's contexts) is gone when the next one is, and would hide growth of the same size. So that share, the <em>own</em> part, is
 * measured once per test class, as what goes away by itself between the end of a test and the start of the next; each census is then
 * compared with the level before the first test plus that part. Where fewer objects are found than the own part says, it is left out
 * of the comparison: in doubt a test is suspected, never acquitted.
 *
 * <p>Not thread-safe; tests that are screened run one at a time.
 */
final class Screen {

    private final LiveSet liveSet;
    private final ClassTable classes;
    private @Nullable Census level;
    private @Nullable Census lastSeen;
    private @Nullable String group;
    private Census own = new Census(new long[0], new long[0]);

    Screen(LiveSet liveSet, ClassTable classes) {
        this.liveSet = liveSet;
        this.classes = classes;
    }

    /**
     * Prepares to judge a test.
     *
     * @param testGroup tests of one group hold objects of the same shape: those of one test class
     * @param consecutive whether no other test ran since the last one that was screened
     */
    void start(String testGroup, boolean consecutive) throws NotMeasurableException {
        boolean sameGroup = consecutive && testGroup.equals(group);
        if (sameGroup && level != null && lastSeen == null) {
            return;
        }
        Census now = liveSet.count();
        own = sameGroup && lastSeen != null ? lastSeen.minus(now) : new Census(new long[0], new long[0]);
        level = now;
        lastSeen = null;
        group = testGroup;
    }

    /** Counts after the test, and names the classes that grew. */
    Screening finish() throws NotMeasurableException {
        Census before = level;
        if (before == null) {
            throw new IllegalStateException("a test was not started");
        }
        Census now = liveSet.count();
        Suspects suspects = Suspects.grownBetween(expected(before, now), now, classes);
        if (suspects.isEmpty()) {
            level = now.minus(own);
        } else {
            lastSeen = now;
        }
        return new Screening(now, suspects);
    }

    /** Tells what was counted last before the next test: the level is then taken anew, and the own part with it. */
    void settle(Census last) {
        lastSeen = last;
    }

    /** Forgets everything, so that the next test is compared with a census of its own. */
    void forget() {
        level = null;
        lastSeen = null;
        group = null;
    }

    private Census expected(Census before, Census now) {
        for (int id = 0; id < own.limit(); id++) {
            if (own.count(id) > 0 && now.count(id) < before.count(id) + own.count(id)) {
                return before;
            }
        }
        return before.plus(own);
    }

    /** A census taken after a test, and what grew. */
    record Screening(Census census, Suspects suspects) {}
}
