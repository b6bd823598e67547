package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import java.util.Set;

/** Two dumps of one program, each walked once, for as many questions as there are. */
final class Comparison {

    final PathTree tree = new PathTree();
    final HeapGraph last;

    /** The later dump. */
    final Walk walk;

    /** What the earlier dump has at each path that is strongly reachable. */
    final PathCounts before;

    /** The same of the later dump. */
    final PathCounts after;

    private final PathCounts beforeSoftly;

    /** Walks two dumps; the first need not stay open. */
    Comparison(HeapGraph first, HeapGraph last) {
        Walk earlier = Walk.strongly(first, tree);
        before = earlier.counts();
        beforeSoftly = earlier.softly();
        this.last = last;
        walk = Walk.strongly(last, tree);
        after = walk.counts();
    }

    /** Returns what grew and is strongly reachable. */
    Growth growth(long least, Set<String> suspects) {
        return new Growth(tree, before, after, least, suspects);
    }

    /** Returns what grew and is strongly or softly reachable; from then on all that is softly reachable has a path. */
    Growth growthWithSoft(long least, Set<String> suspects) {
        return new Growth(tree, beforeSoftly, walk.softly(), least, suspects);
    }
}
