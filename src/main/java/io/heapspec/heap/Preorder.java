package io.heapspec.heap;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers what is reachable in the order of a depth-first search, from 1 on; 0 is a virtual root above all roots.
 *
 * <p>An object that refers to nothing and has one holder only is dominated by that, and needs no number: that is a third
 * of a usual heap.
 */
final class Preorder {
    private final HeldReferences held;

    /**
     * By object: its number; 0 if it is not reachable; for an object without a number, the complement of its holder.
     */
    final int[] numberOf;

    /** The number by which each number was reached; no more once they were taken. */
    private int @Nullable [] parents;

    /** What is not to be entered, any more or at all; a bit is nearer to the processor than a number. */
    private final BitSet seen;

    private int last;

    private Preorder(HeldReferences held, int count, int[] roots, BitSet outside) {
        this.held = held;
        this.seen = outside;
        BitSet lone = lone(count, roots);
        numberOf = new int[count];
        int most = count - lone.cardinality() + 1;
        int[] objects = new int[most];
        int[] parents = new int[most];
        int[] cursors = new int[most];
        for (int root : roots) {
            if (!seen.get(root)) {
                search(root, lone, objects, parents, cursors);
            }
        }
        this.parents = last + 1 == most ? parents : Arrays.copyOf(parents, last + 1);
    }

    /**
     * Numbers all objects that are reachable from some.
     *
     * @param count how many objects there are
     * @param outside objects that are not to be entered; will contain all that were
     */
    static Preorder of(HeldReferences held, int count, int[] roots, BitSet outside) {
        return new Preorder(held, count, roots, outside);
    }

    /** Returns the number by which each number was reached, and forgets them: who takes them may change them. */
    int[] takeParents() {
        int[] taken = Objects.requireNonNull(parents);
        parents = null;
        return taken;
    }

    /** Returns the object with each number. They are not kept, so that there is room for what is in use before them. */
    int[] objects() {
        int[] objects = new int[last + 1];
        for (int object = 0; object < numberOf.length; object++) {
            if (numberOf[object] > 0) {
                objects[numberOf[object]] = object;
            }
        }
        return objects;
    }

    /** Returns the largest number. */
    int last() {
        return last;
    }

    /** Returns the objects that refer to nothing, have one holder only, and are no roots. */
    private BitSet lone(int count, int[] roots) {
        BitSet once = new BitSet(count);
        BitSet again = new BitSet(count);
        for (int root : roots) {
            again.set(root);
        }
        for (int object = 0; object < count; object++) {
            held.forEach(object, (holder, target) -> (once.get(target) ? again : once).set(target));
        }
        once.andNot(again);
        for (int object = once.nextSetBit(0); object >= 0; object = once.nextSetBit(object + 1)) {
            if (!held.isLeaf(object)) {
                once.clear(object);
            }
        }
        return once;
    }

    private void search(int root, BitSet lone, int[] objects, int[] parents, int[] cursors) {
        enter(root, 0, objects, parents);
        int current = last;
        while (current != 0) {
            int object = objects[current];
            int target = held.target(object, cursors[current]++);
            if (target == HeldReferences.END) {
                current = parents[current];
            } else if (target >= 0 && !seen.get(target)) {
                if (lone.get(target)) {
                    seen.set(target);
                    numberOf[target] = ~object;
                } else {
                    enter(target, current, objects, parents);
                    current = last;
                }
            }
        }
    }

    private void enter(int object, int from, int[] objects, int[] parents) {
        last++;
        seen.set(object);
        numberOf[object] = last;
        objects[last] = object;
        parents[last] = from;
    }
}
