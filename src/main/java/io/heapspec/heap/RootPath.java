package io.heapspec.heap;

import java.util.List;

/**
 * A chain of references from a root to an object, which keeps it alive: {@link PathFinder} finds it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param root where it begins
 * @param steps the references, from the root on; empty if the object is a root itself
 * @since 0.1
 */
public record RootPath(GcRoot root, List<Step> steps) {
    /** Copies the list. */
    public RootPath {
        steps = List.copyOf(steps);
    }

    /**
     * One reference.
     *
     * @param holder the object that refers
     * @param edge what holds the reference: the number of a field, or one of the negative constants of {@link HeapGraph}
     * @param target the object referred to
     */
    public record Step(int holder, int edge, int target) {}

    /** Returns the object that the path leads to. */
    public int target() {
        return steps.isEmpty() ? root.object() : steps.get(steps.size() - 1).target();
    }

    /** Returns the number of references. */
    public int length() {
        return steps.size();
    }
}
