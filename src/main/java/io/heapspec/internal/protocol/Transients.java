package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.Residue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What a runner holds while it starts a test and no longer when the test has ended, by the kind of test: lists on its stack, above all.
 *
 * <p>Counted before a test and gone after it, they would hide as many objects of the same class that the test leaves behind. What was seen
 * to go in two of the last few clean tests is not counted before the next: in others, something else that was used for the first time may have hidden that
 * it went. Where it does not go that time, a clean test is suspected, and acquitted by repetition.
 */
final class Transients {

    private static final int ENOUGH = 2;
    private static final int REMEMBERED = 6;

    private final IntPredicate ignored;
    private final Map<String, Deque<Residue>> goneByKind = new HashMap<>();

    /** @param ignored classes whose counts say nothing about a test */
    Transients(IntPredicate ignored) {
        this.ignored = ignored;
    }

    /** Learns what was counted before a clean test and not after it. */
    void learn(String kind, Census before, Census after) {
        Deque<Residue> known = goneByKind.computeIfAbsent(kind, anyKind -> new ArrayDeque<>(REMEMBERED + 1));
        known.addFirst(Residue.of(before.minus(after).without(ignored)));
        if (known.size() > REMEMBERED) {
            known.removeLast();
        }
    }

    /** Tells whether so many clean tests of this kind were seen that it is known what will be gone. */
    boolean areKnown(String kind) {
        return goneByKind.containsKey(kind) && goneByKind.get(kind).size() >= ENOUGH;
    }

    /** Returns what will be gone after a test of this kind, as far as that is known: of each class the second most of the last tests. */
    Census of(String kind) {
        Census most = Residue.NONE.asCensus();
        Census second = Residue.NONE.asCensus();
        for (Residue gone : goneByKind.getOrDefault(kind, new ArrayDeque<>())) {
            Census each = gone.asCensus();
            second = second.most(most.least(each));
            most = most.most(each);
        }
        return second;
    }
}
