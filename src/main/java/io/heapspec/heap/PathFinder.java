package io.heapspec.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out why objects are alive: the shortest paths that lead to them from a root.
 *
 * <pre>{@code
 * int[] sessions = graph.objectsOf("com.acme.Session").toArray();
 * for (RootPath path : PathFinder.of(graph).shortest(sessions)) {
 *     System.out.println(path.root() + " holds it by " + path.length() + " references");
 * }
 * }</pre>
 *
 * <p>All targets cost one breadth-first search, in time in proportion to the references that it follows; the search ends
 * when the last target is reached. It takes an int and three bits for each object while it runs. By default only strong
 * references are followed, from the roots that explain most first.
 *
 * <p>The same dump gives the same paths. Of several that are equally short, the holder at the lowest address wins: two
 * dumps of one program may thus give different ones.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PathFinder {
    private final HeapGraph graph;
    private final RootOrder order;
    private final ReferenceStrength weakest;

    private PathFinder(HeapGraph graph, RootOrder order, ReferenceStrength weakest) {
        this.graph = graph;
        this.order = Objects.requireNonNull(order);
        this.weakest = Objects.requireNonNull(weakest);
    }

    /** Returns a finder that follows strong references from the roots that explain most. */
    public static PathFinder of(HeapGraph graph) {
        return new PathFinder(graph, RootOrder.EXPLAINING, ReferenceStrength.STRONG);
    }

    /** Returns a finder that begins at the roots in another order. */
    public PathFinder from(RootOrder other) {
        return new PathFinder(graph, other, weakest);
    }

    /** Returns a finder that follows references down to a strength, for instance soft ones as well. */
    public PathFinder following(ReferenceStrength down) {
        return new PathFinder(graph, order, down);
    }

    /**
     * Returns the shortest path to each of some objects.
     *
     * @return the paths in the order of the targets; those to which no path leads are left out
     * @throws IndexOutOfBoundsException if one of the objects does not exist
     */
    public List<RootPath> shortest(int... targets) {
        RootSearch search = search(bits(targets), new BitSet());
        return Arrays.stream(targets)
                .filter(search::hasReached)
                .mapToObj(search::pathTo)
                .toList();
    }

    /** Returns the shortest path to an object, if one leads to it. */
    public Optional<RootPath> shortestTo(int target) {
        return shortest(target).stream().findFirst();
    }

    /**
     * Returns several paths to one object, shortest first, that have no object in common but the target: what else has to
     * let go of it. Each costs a search of its own.
     *
     * @param target the object
     * @param most how many paths at most
     * @throws IndexOutOfBoundsException if the object does not exist
     */
    public List<RootPath> disjoint(int target, int most) {
        BitSet barred = new BitSet();
        List<RootPath> paths = new ArrayList<>();
        while (paths.size() < most) {
            RootSearch search = search(bits(target), barred);
            if (!search.hasReached(target)) {
                break;
            }
            RootPath path = search.pathTo(target);
            paths.add(path);
            if (path.length() == 0) {
                break;
            }
            path.steps().forEach(step -> barred.set(step.holder()));
        }
        return List.copyOf(paths);
    }

    private BitSet bits(int... targets) {
        BitSet bits = new BitSet();
        for (int target : targets) {
            bits.set(Objects.checkIndex(target, graph.objectCount()));
        }
        return bits;
    }

    private RootSearch search(BitSet wanted, BitSet barred) {
        return RootSearch.run(graph, graph.held(weakest), order, wanted, barred);
    }
}
