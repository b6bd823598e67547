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
 * to go in each of the last few clean tests is not counted before the next. Where it does not go that time, a clean test is suspected, and
 * acquitted by repetition.
 */
final class Transients {

    private static final int ENOUGH = 2;

    private final IntPredicate ignored;
    private final Map<String, Deque<Residue>> goneByKind = new HashMap<>();

    /** @param ignored classes whose counts say nothing about a test */
    Transients(IntPredicate ignored) {
        this.ignored = ignored;
    }

    /** Learns what was counted before a clean test and not after it. */
    void learn(String kind, Census before, Census after) {
        Deque<Residue> known = goneByKind.computeIfAbsent(kind, anyKind -> new ArrayDeque<>(ENOUGH + 1));
        known.addFirst(Residue.of(before.minus(after).without(ignored)));
        if (known.size() > ENOUGH) {
            known.removeLast();
        }
    }

    /** Returns what will be gone after a test of this kind, as far as that is known. */
    Census of(String kind) {
        Deque<Residue> known = goneByKind.getOrDefault(kind, new ArrayDeque<>());
        return known.size() < ENOUGH
                ? Residue.NONE.asCensus()
                : known.getFirst().asCensus().least(known.getLast().asCensus());
    }
}
