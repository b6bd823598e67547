package io.heapspec.heap;

import io.heapspec.internal.util.OrderedBits;

/**
 * The levels of a breadth-first search, each of which is read in the order of addresses, so that memory is read nearly in
 * sequence. Takes two bits for each object. Not thread-safe.
 */
final class Levels {
    private final HeldReferences held;
    private final int[] group = new int[256];
    private OrderedBits next;
    private OrderedBits current;

    /** Creates a search that is nowhere yet, in a graph of so many objects. */
    Levels(HeldReferences held, int count) {
        this.held = held;
        next = new OrderedBits(count);
        current = new OrderedBits(count);
    }

    /** Adds an object to the next level. */
    void add(int object) {
        next.add(object);
    }

    /** Tells whether there is no next level. */
    boolean isEmpty() {
        return next.isEmpty();
    }

    /** Goes on to the next level and tells all that its objects hold; what is added meanwhile is the level after it. */
    void advance(HeldReferences.Visitor visitor) {
        OrderedBits complete = next;
        next = current;
        current = complete;
        int count;
        for (int from = 0; (count = current.collect(from, group)) > 0; from = group[count - 1] + 1) {
            for (int i = 0; i < count; i++) {
                held.forEach(group[i], visitor);
            }
        }
        current.clear();
    }
}
