package io.heapspec.heap;

import java.util.Arrays;

/**
 * Computes immediate dominators in the numbers of a {@link Preorder}.
 *
 * <p>The semi-NCA algorithm: semidominators first, from the last number to the first, with path halving; then each
 * dominator as the nearest ancestor, in the tree so far, that is not behind the semidominator. For that last step every
 * object has a second pointer some way up the tree, so that a chain of n links takes log n steps and not n.
 */
final class Dominance {
    private final HeldReferences held;
    private final Preorder order;
    private final int last;
    private final int[] ancestor;
    private final int[] semi;
    /** Where the holders of each number end, as long as it is not linked; then the least semidominator on its path. */
    private final int[] label;

    private final int[] dominator;
    private final int[] holders;

    private Dominance(HeldReferences held, Preorder order, int[] roots) {
        this.held = held;
        this.order = order;
        last = order.last();
        Preorder.Tree tree = order.takeTree();
        ancestor = tree.parents();
        dominator = Arrays.copyOf(ancestor, last + 1);
        semi = tree.least();
        label = tree.later();
        holders = new int[beginnings()];
        gatherHolders();
        for (int root : roots) {
            semi[Math.max(0, order.numberOf[root])] = 0;
        }
    }

    /** Returns the number of the immediate dominator of each number; uses up the tree of the order. */
    static int[] of(HeldReferences held, Preorder order, int[] roots) {
        Dominance dominance = new Dominance(held, order, roots);
        dominance.findSemidominators();
        dominance.findDominators();
        return dominance.dominator;
    }

    /** Turns the numbers of holders into places: where those of each number begin; returns how many they are in all. */
    private int beginnings() {
        int sum = 0;
        for (int number = 0; number <= last; number++) {
            int count = label[number];
            label[number] = sum;
            sum += count;
        }
        return sum;
    }

    private void gatherHolders() {
        for (int object = 0; object < order.numberOf.length; object++) {
            if (order.numberOf[object] > 0) {
                held.forEach(object, (holder, target) -> gather(order.numberOf[holder], order.numberOf[target]));
            }
        }
    }

    private void gather(int from, int to) {
        if (to > 0 && to < from) {
            holders[label[to]++] = from;
        }
    }

    private void findSemidominators() {
        for (int number = last; number > 0; number--) {
            int least = semi[number];
            int end = label[number];
            for (int i = label[number - 1]; i < end; i++) {
                least = Math.min(least, leastAbove(holders[i], number));
            }
            semi[number] = least;
            label[number] = least;
        }
    }

    /** Returns the least semidominator on the path from a number up to the last that is behind a limit. */
    private int leastAbove(int number, int limit) {
        int at = number;
        int least = label[at];
        while (ancestor[at] > limit) {
            int above = ancestor[at];
            label[at] = Math.min(label[at], label[above]);
            ancestor[at] = ancestor[above];
            least = Math.min(least, label[at]);
            at = ancestor[at];
            if (at <= limit) {
                return least;
            }
            least = Math.min(least, label[at]);
        }
        return least;
    }

    private void findDominators() {
        // Both arrays have done their work.
        int[] jump = ancestor;
        int[] depth = label;
        jump[0] = 0;
        depth[0] = 0;
        for (int number = 1; number <= last; number++) {
            int at = dominator[number];
            while (at > semi[number]) {
                at = jump[at] > semi[number] ? jump[at] : dominator[at];
            }
            dominator[number] = at;
            depth[number] = depth[at] + 1;
            int over = jump[at];
            boolean even = depth[at] - depth[over] == depth[over] - depth[jump[over]];
            jump[number] = even ? jump[over] : at;
        }
    }
}
