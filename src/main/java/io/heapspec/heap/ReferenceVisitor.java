package io.heapspec.heap;

/**
 * Is told each outgoing reference of an object.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReferenceVisitor {
    /**
     * Visits one reference.
     *
     * @param edge what holds the reference: the index of a field ({@link HeapGraph#fieldAt}), or one of the negative
     *     constants of {@link HeapGraph}
     * @param target the object referred to
     */
    void visit(int edge, int target);
}
