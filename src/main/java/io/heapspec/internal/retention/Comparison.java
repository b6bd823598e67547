package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;

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

    /** Compares a dump with one walked before. */
    Comparison(Earlier first, HeapGraph last) {
        this.last = last;
        tree = first.tree;
        before = first.strong;
        beforeSoftly = first.soft;
        walk = Walk.strongly(last, tree);
        after = walk.counts();
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
     * What is left of the earlier dump once it is walked, so that it need not be in memory beside the later one.
     *
     * @param tree its paths
     * @param strong what it has at each that is strongly reachable
     * @param soft what it has at each that is strongly or softly reachable
     */
    record Earlier(PathTree tree, PathCounts strong, PathCounts soft) {

        static Earlier of(HeapGraph first) {
            PathTree tree = new PathTree();
            Walk walk = Walk.strongly(first, tree);
            PathCounts strong = walk.counts();
            return new Earlier(tree, strong, walk.softly());
        }
    }
}
