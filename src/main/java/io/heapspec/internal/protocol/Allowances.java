package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.Residue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What clean tests were seen to leave behind, by the kind of test: contexts and notes of their runner.
 *
 * <p>Only what two tests left alike is their runner's: what one left by itself may be the first use of what the next one leaks. What is allowed
 * must be there to the object. Where less is found, the allowance is not that test's, and might hide growth; then it does
 * not count.
 */
final class Allowances {

    private static final int REMEMBERED = 4;

    private final IntPredicate ignored;
    private final Map<String, Deque<Residue>> leftByKind = new HashMap<>();
    private @Nullable Residue noted;

    /** @param ignored classes whose counts say nothing about a test */
    Allowances(IntPredicate ignored) {
        this.ignored = ignored;
    }

    /** Notes what a test left of which it is not known yet whether it is clean; as a residue, since a census would be counted with the test. */
    void note(Census left) {
        noted = Residue.of(left);
    }

    /** Learns that the test was clean whose residue was noted last, if any was. */
    void learnNoted(String kind) {
        if (noted != null) {
            learn(kind, noted.asCensus());
        }
    }

    /** Learns what a clean test left. */
    void learn(String kind, Census left) {
        Deque<Residue> known = leftByKind.computeIfAbsent(kind, anyKind -> new ArrayDeque<>(REMEMBERED + 1));
        known.addFirst(Residue.of(left));
        if (known.size() > REMEMBERED) {
            known.removeLast();
        }
    }

    /** Returns what a test may leave: the most that two others of its kind both left, if all of it is there; else nothing. */
    Census of(String kind, Census before, Census after) {
        Census[] known = leftByKind.getOrDefault(kind, new ArrayDeque<>()).stream()
                .map(Residue::asCensus)
                .toArray(Census[]::new);
        Census most = Residue.NONE.asCensus();
        for (int i = 0; i < known.length; i++) {
            for (int j = i + 1; j < known.length; j++) {
                Census both = known[i].least(known[j]);
                if (both.totalBytes() > most.totalBytes() && isLeft(both, before, after)) {
                    most = both;
                }
            }
        }
        return most;
    }

    private boolean isLeft(Census allowed, Census before, Census after) {
        for (int id = 0; id < allowed.limit(); id++) {
            if (allowed.count(id) > 0 && after.count(id) < before.count(id) + allowed.count(id) && !ignored.test(id)) {
                return false;
            }
        }
        return true;
    }
}
