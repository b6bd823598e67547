package io.heapspec.heap;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * One breadth-first search from the roots, for as many targets as there are; it ends when all are reached.
 *
 * <p>Of several holders at the same distance the one at the lowest address is taken, so that the same dump gives the same
 * paths. Takes an int and three bits for each object.
 */
final class RootSearch {
    private static final int NOT_REACHED = -1;

    /** Parents of roots are this less the number of the root. */
    private static final int FIRST_ROOT = -2;

    private final HeapGraph graph;
    private final HeldReferences held;
    private final List<GcRoot> roots;
    private final BitSet wanted;
    private final BitSet reached;
    private final int[] parents;
    private final Levels levels;
    private int left;

    private RootSearch(HeapGraph graph, HeldReferences held, RootOrder order, BitSet wanted, BitSet barred) {
        this.graph = graph;
        this.held = held;
        this.roots = order.roots(graph);
        this.wanted = wanted;
        this.left = wanted.cardinality();
        parents = new int[graph.objectCount()];
        Arrays.fill(parents, NOT_REACHED);
        reached = (BitSet) barred.clone();
        levels = new Levels(held, graph.objectCount());
        int number = 0;
        for (List<GcRoot> phase : order.phases(graph)) {
            for (GcRoot root : phase) {
                reach(FIRST_ROOT - number++, root.object());
            }
            while (left > 0 && !levels.isEmpty()) {
                levels.advance(this::reach);
            }
        }
    }

    /**
     * Searches.
     *
     * @param wanted the objects to be reached
     * @param barred objects through which no path may lead
     */
    static RootSearch run(HeapGraph graph, HeldReferences held, RootOrder order, BitSet wanted, BitSet barred) {
        return new RootSearch(graph, held, order, wanted, barred);
    }

    private void reach(int parent, int object) {
        if (!reached.get(object)) {
            reached.set(object);
            parents[object] = parent;
            levels.add(object);
            left -= wanted.get(object) ? 1 : 0;
        }
    }

    /** Tells whether an object was reached. */
    boolean hasReached(int object) {
        return parents[object] != NOT_REACHED;
    }

    /** Returns the path to an object that was reached. */
    RootPath pathTo(int object) {
        Deque<RootPath.Step> steps = new ArrayDeque<>();
        int at = object;
        while (parents[at] >= 0) {
            steps.addFirst(new RootPath.Step(parents[at], edge(parents[at], at), at));
            at = parents[at];
        }
        return new RootPath(roots.get(FIRST_ROOT - parents[at]), List.copyOf(steps));
    }

    private int edge(int holder, int target) {
        int[] found = {HeapGraph.OWN_CLASS};
        graph.forEachReference(holder, (edge, each) -> {
            if (each == target && found[0] == HeapGraph.OWN_CLASS && held.isHeldBy(holder, edge)) {
                found[0] = edge;
            }
        });
        return found[0];
    }
}
