package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first step: compares the live set before and after a test, at the cost of one collection for a clean one.
 *
 * <p>Tests in a row share a census: the one after a test, less what that test and its runner still held then, is the one before the next.
 * What they hold is measured, not guessed: it is what has gone by itself when the next test starts.
 *
 * <p>Even an empty test leaves something: its runner's contexts and notes. So much is allowed as the least that any test left which was
 * acquitted by repetition, of the same group or else of the same kind. It must be there to the object. Where less is found than is
 * allowed, the allowance is not that test's, and might hide growth; then nothing is allowed. In doubt a test is suspected, never acquitted.
 *
 * <p>Not thread-safe; tests that are screened run one at a time.
 */
final class Screen {

    private static final Census NOTHING = new Census(new long[0], new long[0]);

    private final LiveSet liveSet;
    private final ClassTable classes;
    private final Map<String, Census> leftByKind = new HashMap<>();
    private @Nullable Census level;
    private @Nullable Census suspected;
    private @Nullable Census leftByGroup;
    private Census own = NOTHING;
    private String group = "";
    private String kind = "";

    Screen(LiveSet liveSet, ClassTable classes) {
        this.liveSet = liveSet;
        this.classes = classes;
    }

    /**
     * Prepares to judge a test.
     *
     * @param test what is known about it
     */
    void start(TestOrigin test) throws NotMeasurableException {
        boolean sameGroup = test.consecutive() && test.group().equals(group);
        boolean shared = sameGroup && level != null && suspected == null;
        kind = test.kind();
        if (shared) {
            return;
        }
        Census now = liveSet.count();
        own = sameGroup && suspected != null ? suspected.minus(now) : NOTHING;
        leftByGroup = sameGroup ? leftByGroup : null;
        level = now;
        suspected = null;
        group = test.group();
    }

    /** Counts after the test, and names the classes that grew. */
    Screening finish() throws NotMeasurableException {
        Census before = level;
        if (before == null) {
            throw new IllegalStateException("no test was started");
        }
        Census now = liveSet.count();
        Suspects suspects = Suspects.grownBetween(before.plus(allowance(before, now)), now, classes);
        if (suspects.isEmpty()) {
            level = now.minus(own);
        } else {
            suspected = now;
        }
        return new Screening(now, suspects);
    }

    /**
     * Learns what a clean test leaves.
     *
     * @param screening what was found after it
     * @param last the last census of its repetitions
     */
    void acquitted(Screening screening, Census last) {
        Census before = level;
        if (before != null) {
            Census left = screening.census().minus(before);
            leftByGroup = leftByGroup == null ? left : leftByGroup.least(left);
            leftByKind.merge(kind, left, Census::least);
        }
        suspected = screening.census().least(last);
    }

    /** Forgets the level, so that the next test is compared with a census of its own. */
    void forget() {
        level = null;
        suspected = null;
    }

    private Census allowance(Census before, Census now) {
        if (leftByGroup != null && isLeft(leftByGroup, before, now)) {
            return leftByGroup;
        }
        Census ofKind = leftByKind.get(kind);
        return ofKind != null && isLeft(ofKind, before, now) ? ofKind : NOTHING;
    }

    /** Tells whether all that is allowed is there. */
    private static boolean isLeft(Census allowed, Census before, Census now) {
        for (int id = 0; id < allowed.limit(); id++) {
            if (allowed.count(id) > 0 && now.count(id) < before.count(id) + allowed.count(id)) {
                return false;
            }
        }
        return true;
    }

    /** A census taken after a test, and what grew. */
    record Screening(Census census, Suspects suspects) {}
}
