package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first step: compares the live set before and after a test, at the cost of one collection for a clean one.
 *
 * <p>Tests in a row share a census: the one after a test, less what that test and its runner still held then, is the one before the next.
 * What they hold is measured, not guessed: it is what has gone by itself when the next test starts.
 *
 * <p>Even an empty test leaves something: its runner's contexts and notes. What tests of the same kind left that were acquitted by
 * repetition is allowed, and must be there to the object. Where less is found than is allowed, the allowance is not that test's, and
 * might hide growth; then it does not count. In doubt a test is suspected, never acquitted.
 *
 * <p>Not thread-safe; tests that are screened run one at a time.
 */
final class Screen {

    private static final int REMEMBERED = 4;
    private static final Census NOTHING = new Census(new long[0], new long[0]);

    private final LiveSet liveSet;
    private final ClassTable classes;
    private final Map<String, Deque<Census>> leftByKind = new HashMap<>();
    private @Nullable Census level;
    private @Nullable Census suspected;
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
            Deque<Census> left = leftByKind.computeIfAbsent(kind, anyKind -> new ArrayDeque<>(REMEMBERED + 1));
            left.addFirst(screening.census().minus(before));
            if (left.size() > REMEMBERED) {
                left.removeLast();
            }
        }
        suspected = screening.census().least(last);
    }

    /** Forgets the level, so that the next test is compared with a census of its own. */
    void forget() {
        level = null;
        suspected = null;
    }

    private Census allowance(Census before, Census now) {
        for (Census left : leftByKind.getOrDefault(kind, new ArrayDeque<>())) {
            if (isLeft(left, before, now)) {
                return left;
            }
        }
        return NOTHING;
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
