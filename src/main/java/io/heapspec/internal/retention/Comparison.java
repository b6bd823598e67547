package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import java.io.IOException;
import java.util.Set;

/** Two dumps of one program, each walked once, for as many questions as there are. */
final class Comparison {

    final PathTree tree;
    final HeapGraph last;

    /** The later dump. */
    final Walk walk;

    /** What the earlier dump has at each path that is strongly reachable. */
    final PathCounts before;

    /** The same of the later dump. */
    final PathCounts after;

    private final PathCounts beforeSoftly;

    private final Set<String> pilingLoaders;

    private Comparison(Earlier first, HeapGraph last) {
        this.last = last;
        tree = first.tree;
        before = first.strong;
        beforeSoftly = first.soft;
        pilingLoaders = first.pilingLoaders;
        walk = Walk.strongly(last, tree, pilingLoaders);
        after = walk.counts();
    }

    /**
     * Compares two dumps; of the earlier one nothing is in memory any more while the later one is walked.
     *
     * @param earlier opens the earlier one
     * @param leastGrowth by how many objects a path must have grown to count as growing
     */
    static Comparison of(LeakFinder.Opening earlier, HeapGraph last, long leastGrowth) throws IOException {
        Earlier first;
        try (HeapGraph graph = earlier.open()) {
            first = Earlier.of(graph, Loaders.piling(graph, last, leastGrowth));
        }
        return new Comparison(first, last);
    }

    /** Returns what a third dump has at each path that is strongly reachable. */
    PathCounts counts(HeapGraph later) {
        return Walk.strongly(later, tree, pilingLoaders).counts();
    }

    /** Returns what grew and is strongly reachable. */
    Growth growth(long least) {
        return new Growth(tree, before, after, least);
    }

    /** Returns what grew and is strongly or softly reachable; from then on all that is softly reachable has a path. */
    Growth growthWithSoft(long least) {
        return new Growth(tree, beforeSoftly, walk.softly(), least);
    }

    /**
     * What is left of the earlier dump once it is walked.
     *
     * @param tree its paths
     * @param strong what it has at each that is strongly reachable
     * @param soft what it has at each that is strongly or softly reachable
     * @param pilingLoaders names of the classes of which there are ever more loaders
     */
    private record Earlier(PathTree tree, PathCounts strong, PathCounts soft, Set<String> pilingLoaders) {

        static Earlier of(HeapGraph first, Set<String> pilingLoaders) {
            PathTree tree = new PathTree();
            Walk walk = Walk.strongly(first, tree, pilingLoaders);
            PathCounts strong = walk.counts();
            return new Earlier(tree, strong, walk.softly(), pilingLoaders);
        }
    }
}
