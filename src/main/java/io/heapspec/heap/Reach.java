package io.heapspec.heap;

import java.util.BitSet;

/** What is reached from some objects without passing others: a search that keeps no paths, of three bits for each object. */
final class Reach {
    private final BitSet stops;
    private final BitSet reached;
    private final Levels levels;

    private Reach(HeldReferences held, int count, int[] starts, BitSet stops) {
        this.stops = stops;
        reached = new BitSet(count);
        levels = new Levels(held, count);
        for (int start : starts) {
            reach(start);
        }
        while (!levels.isEmpty()) {
            levels.advance((holder, target) -> reach(target));
        }
    }

    /**
     * Searches.
     *
     * @param count how many objects there are
     * @param starts where to begin
     * @param stops objects that may be reached, but not passed
     * @return all that was reached
     */
    static BitSet of(HeldReferences held, int count, int[] starts, BitSet stops) {
        return new Reach(held, count, starts, stops).reached;
    }

    private void reach(int object) {
        if (!reached.get(object)) {
            reached.set(object);
            if (!stops.get(object)) {
                levels.add(object);
            }
        }
    }
}
