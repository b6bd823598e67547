package io.heapspec.heap;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The retained sizes of a few objects, as exact as those of a {@link DominatorTree}, for the cost of one search.
 *
 * <p>Everything that is reached without passing any of the objects is retained by none of them. What is left is usually
 * little, and only that gets dominators.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RetainedSizes {
    private record Retained(long bytes, int objects) {}

    private static final Retained NOTHING = new Retained(0, 0);

    private final Map<Integer, Retained> retained = new HashMap<>();
    private final Retained together;

    private RetainedSizes(HeapGraph graph, int[] targets) {
        HeldReferences held = graph.held(ReferenceStrength.STRONG);
        int[] roots = RootOrder.EXPLAINING.roots(graph).stream()
                .mapToInt(GcRoot::object)
                .toArray();
        BitSet wanted = new BitSet(graph.objectCount());
        Arrays.stream(targets).forEach(wanted::set);
        BitSet outside = Reach.of(held, graph.objectCount(), roots, wanted);
        int[] entered = wanted.stream().filter(outside::get).toArray();
        outside.andNot(wanted);
        Preorder order = Preorder.of(held, graph.objectCount(), entered, outside);
        int[] dominator = Dominance.of(held, order, entered);
        DominatorTree tree = new DominatorTree(graph, order, dominator);
        together = new Retained(tree.reachableSize(), tree.reachableObjects());
        for (int target : targets) {
            retained.put(target, new Retained(tree.retainedSize(target), tree.retainedObjects(target)));
        }
    }

    /**
     * Computes the retained sizes of some objects.
     *
     * @throws IndexOutOfBoundsException if one of them does not exist
     */
    public static RetainedSizes of(HeapGraph graph, int... targets) {
        for (int target : targets) {
            Objects.checkIndex(target, graph.objectCount());
        }
        return new RetainedSizes(graph, targets);
    }

    /** Returns the size of all that would die with one of the objects, itself included, in bytes; 0 if it is not reachable. */
    public long bytes(int target) {
        return retained.getOrDefault(target, NOTHING).bytes();
    }

    /** Returns how many objects would die with one of the objects, itself included; 0 if it is not reachable. */
    public int objects(int target) {
        return retained.getOrDefault(target, NOTHING).objects();
    }

    /**
     * Returns the size of all that would die if all of the objects went at once, themselves included, in bytes. What they
     * retain of one another counts once, and so does what only several of them hold.
     */
    public long bytesTogether() {
        return together.bytes();
    }

    /** Returns how many objects would die if all of the objects went at once, themselves included. */
    public int objectsTogether() {
        return together.objects();
    }
}
