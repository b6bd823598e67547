package io.heapspec.heap;

import java.util.function.LongConsumer;

/**
 * Numbers the objects of a dump in the order of their identifiers. Immutable and thread-safe.
 *
 * <p>Usual dumps get a {@link DenseObjectIndex}; one with large holes between its objects gets a
 * {@link BitmapObjectIndex}, and one whose identifiers are odd or strewn far apart a {@link SortedObjectIndex}.
 */
sealed interface ObjectIndex permits DenseObjectIndex, BitmapObjectIndex, SortedObjectIndex {
    /** Returns the number of objects. */
    int count();

    /** Returns the number of the object with an identifier, or -1. */
    int indexOf(long id);

    /** Tells each identifier in ascending order. */
    void forEachId(LongConsumer consumer);
}
