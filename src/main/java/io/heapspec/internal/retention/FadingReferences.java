package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;

/**
 * References to what is alive but not strongly reachable: when memory is short that goes, and what is kept for it, as an entry of a weak map is
 * for its key, goes with it.
 */
final class FadingReferences {

    private final HeapGraph graph;
    private final Walk walk;
    private final PathTree tree;
    private final ClassFacts facts;

    /** @param walk of all that is strongly reachable, and nothing else */
    FadingReferences(HeapGraph graph, Walk walk, PathTree tree, ClassFacts facts) {
        this.graph = graph;
        this.walk = walk;
        this.tree = tree;
        this.facts = facts;
    }

    /** Tells whether so many of the objects at a path are references that fade. */
    boolean areAt(int node, long least) {
        return facts.isA(tree.typeOf(node), "java.lang.ref.Reference") && countAt(node) >= least;
    }

    private long countAt(int node) {
        boolean outOfSight = isOutOfSight(node);
        long count = 0;
        for (int object = 0; object < graph.objectCount(); object++) {
            if (walk.pathOf(object) == node) {
                int referent = graph.referenceField(object, "java.lang.ref.Reference", "referent");
                count += referent >= 0 && !isStrong(walk.pathOf(referent), outOfSight) ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * What only the JVM holds, out of sight, may be held by a class that is softly reachable itself: what it computed for a class value. That says
     * nothing of a reference that is held so, too.
     */
    private boolean isStrong(int path, boolean fromOutOfSight) {
        return path >= 0 && (fromOutOfSight || !isOutOfSight(path));
    }

    private boolean isOutOfSight(int path) {
        int first = path;
        while (tree.parentOf(first) != PathTree.TOP) {
            first = tree.parentOf(first);
        }
        return tree.edgeOf(first).equals(Roots.HIDDEN);
    }
}
