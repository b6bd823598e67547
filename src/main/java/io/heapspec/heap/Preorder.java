package io.heapspec.heap;

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

    /** What is not to be entered, any more or at all; a bit is nearer to the processor than a number. */
    private final BitSet seen;

    private final BitSet lone;
    private @Nullable Tree tree;
    private int last;

    /**
     * What the search found out of each number.
     *
     * @param parents the number by which it was reached
     * @param least the least number that holds it, which is less than itself; 0 for a root that was entered as such
     * @param later how many greater numbers hold it
     */
    record Tree(int[] parents, int[] least, int[] later) {
        /** Takes into account that a number holds another one that was reached before; or none, if that is not positive. */
        void hold(int from, int to) {
            if (to > from) {
                least[to] = Math.min(least[to], from);
            } else if (to > 0 && to < from) {
                later[to]++;
            }
        }
    }

    private Preorder(HeldReferences held, int count, int[] roots, BitSet outside) {
        this.held = held;
        this.seen = outside;
        lone = lone(count, roots);
        numberOf = new int[count];
        int most = count - lone.cardinality() + 1;
        Tree found = new Tree(new int[most], new int[most], new int[most]);
        int[] objects = new int[most];
        int[] cursors = new int[most];
        for (int root : roots) {
            if (!seen.get(root)) {
                search(root, found, objects, cursors);
            }
        }
        tree = found;
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

    /** Returns what was found out of each number, and forgets it: who takes it may change it. */
    Tree takeTree() {
        Tree taken = Objects.requireNonNull(tree);
        tree = null;
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

    private void search(int root, Tree found, int[] objects, int[] cursors) {
        enter(root, 0, found, objects);
        int current = last;
        while (current != 0) {
            int object = objects[current];
            int target = held.target(object, cursors[current]++);
            if (target == HeldReferences.END) {
                current = found.parents[current];
            } else if (target >= 0) {
                if (seen.get(target)) {
                    found.hold(current, numberOf[target]);
                } else if (lone.get(target)) {
                    seen.set(target);
                    numberOf[target] = ~object;
                } else {
                    enter(target, current, found, objects);
                    current = last;
                }
            }
        }
    }

    private void enter(int object, int parent, Tree found, int[] objects) {
        int number = ++last;
        seen.set(object);
        numberOf[object] = number;
        objects[number] = object;
        found.parents[number] = parent;
        found.least[number] = parent;
    }
}
