package io.heapspec.internal.retention;

import io.heapspec.result.RootKind;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Arrays that cannot become longer nor be replaced: those in static final fields. A cache of this kind puts what it keeps where a hash code
 * says, instead of what was there. It fills for as long as it has free places, and then no more.
 */
final class FixedArrays {

    private static final double TOLERANCE = 1.1;

    private final PathTree tree;
    private final PathCounts before;
    private final PathCounts after;
    private final Predicate<String> isFinal;

    /** @param isFinal tells of a static field, as {@code com.acme.Codes.CACHE}, whether it is final */
    FixedArrays(PathTree tree, PathCounts before, PathCounts after, Predicate<String> isFinal) {
        this.tree = tree;
        this.before = before;
        this.after = after;
        this.isFinal = isFinal;
    }

    /** Tells whether what grows at a path is no more than what is put into free places of such an array, as much into each. */
    boolean bounds(int node) {
        int slot = node;
        int array = node;
        while (tree.parentOf(array) != PathTree.TOP) {
            slot = array;
            array = tree.parentOf(array);
        }
        return slot != array
                && tree.edgeOf(slot).equals(EdgeName.ELEMENT)
                && isFinal(array)
                && isAsManyInEach(array, node)
                && growsNowhereElse(array, node);
    }

    private boolean isFinal(int array) {
        return tree.edgeOf(array) instanceof EdgeName.Root root
                && root.kind() == RootKind.STATIC_FIELD
                && isFinal.test(root.text().substring("static field ".length()));
    }

    /** What is added is in places that were free, as much in each as in all others. */
    private boolean isAsManyInEach(int array, int node) {
        double inEach = (double) after.objects(node) / Math.max(1, after.elements(array));
        return added(node) <= (after.elements(array) - before.elements(array)) * inEach * TOLERANCE;
    }

    private long added(int node) {
        return after.objects(node) - before.objects(node);
    }

    /** A table with chains of entries has no bound: what finds no free place there is linked to what is in it. */
    private boolean growsNowhereElse(int array, int node) {
        long elsewhere = IntStream.range(array + 1, tree.size())
                .filter(other ->
                        other != node && tree.typeOf(other).equals(tree.typeOf(node)) && tree.isBelow(other, array))
                .mapToLong(other -> Math.max(0, added(other)))
                .sum();
        return elsewhere <= added(node) * (TOLERANCE - 1);
    }
}
