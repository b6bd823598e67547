package io.heapspec.internal.retention;

import java.util.BitSet;
import java.util.function.IntPredicate;

/** Reachability in the plainest way, to check quicker ones. */
final class Reachable {

    private Reachable() {}

    /** Returns what is reached from some objects, them included, through those alone that may be passed. */
    static BitSet from(Ints starts, Walk walk, IntPredicate passed) {
        BitSet reached = new BitSet();
        Ints open = new Ints();
        for (int i = 0; i < starts.size(); i++) {
            reach(starts.get(i), reached, open, passed);
        }
        int[] one = new int[1];
        while (open.take(one) > 0) {
            walk.forEachHeldByAny(one, 1, (source, edge, target) -> reach(target, reached, open, passed));
        }
        return reached;
    }

    private static void reach(int object, BitSet reached, Ints open, IntPredicate passed) {
        if (passed.test(object) && !reached.get(object)) {
            reached.set(object);
            open.add(object);
        }
    }
}
