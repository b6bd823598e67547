package io.heapspec.heap;

import java.util.Arrays;

/**
 * Outgoing references of one object, for reuse from object to object without allocation.
 *
 * <p>It grows to the largest array seen, at 8 bytes per reference. Not thread-safe.
 *
 * @since 0.1
 */
public final class ReferenceBuffer implements ReferenceVisitor {
    private int[] edges = new int[64];
    private int[] targets = new int[64];
    private int size;

    /** Creates an empty buffer. */
    public ReferenceBuffer() {}

    @Override
    public void visit(int edge, int target) {
        if (size == edges.length) {
            int larger = (int) Math.min(size * 2L, Integer.MAX_VALUE - 8);
            edges = Arrays.copyOf(edges, larger);
            targets = Arrays.copyOf(targets, larger);
        }
        edges[size] = edge;
        targets[size++] = target;
    }

    void clear() {
        size = 0;
    }

    /** Returns the number of references. */
    public int size() {
        return size;
    }

    /** Returns what holds reference number {@code i}; see {@link ReferenceVisitor#visit}. */
    public int edge(int i) {
        return edges[i];
    }

    /** Returns the object that reference number {@code i} refers to. */
    public int target(int i) {
        return targets[i];
    }
}
