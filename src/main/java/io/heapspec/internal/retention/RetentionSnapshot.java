package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;

/**
 * What a dump has at each path name, kept after the dump is closed.
 *
 * <p>Not thread-safe.
 */
public final class RetentionSnapshot {

    final PathTree tree;
    final PathCounts counts;

    private RetentionSnapshot(PathTree tree, PathCounts counts) {
        this.tree = tree;
        this.counts = counts;
    }

    /** Reads the strongly reachable objects of a dump. */
    public static RetentionSnapshot of(HeapGraph graph) {
        PathTree tree = new PathTree();
        return new RetentionSnapshot(tree, Walk.strongly(graph, tree).counts());
    }
}
