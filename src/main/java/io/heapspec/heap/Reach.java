package io.heapspec.heap;

import io.heapspec.internal.util.OrderedBits;
import java.util.BitSet;

/** What is reached from some objects without passing others: a search that keeps no paths, of two bits for each object. */
final class Reach {
    private final HeldReferences held;
    private final BitSet stops;
    private final BitSet reached;
    private final int[] group = new int[256];
    private OrderedBits next;
    private OrderedBits level;

    private Reach(HeldReferences held, int count, int[] starts, BitSet stops) {
        this.held = held;
        this.stops = stops;
        reached = new BitSet(count);
        next = new OrderedBits(count);
        level = new OrderedBits(count);
        for (int start : starts) {
            reach(start);
        }
        while (!next.isEmpty()) {
            OrderedBits complete = next;
            next = level;
            level = complete;
            readLevel();
            level.clear();
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

    private void readLevel() {
        int count;
        for (int from = 0; (count = level.collect(from, group)) > 0; from = group[count - 1] + 1) {
            for (int i = 0; i < count; i++) {
                int target;
                for (int k = 0; (target = held.target(group[i], k)) != HeldReferences.END; k++) {
                    if (target >= 0) {
                        reach(target);
                    }
                }
            }
        }
    }

    private void reach(int object) {
        if (!reached.get(object)) {
            reached.set(object);
            if (!stops.get(object)) {
                next.add(object);
            }
        }
    }
}
