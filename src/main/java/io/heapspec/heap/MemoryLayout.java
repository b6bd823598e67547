package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import java.util.List;

/**
 * How a VM lays out objects.
 *
 * @param header bytes before the first field: 16, 12 with compressed class pointers, 8 with compact object headers
 * @param reference bytes of a reference: 8, or 4 when compressed
 * @param tightArrays whether elements follow the length at once (JDK 23 and later) rather than at a multiple of 8
 * @param alignment every object begins at a multiple of this
 */
record MemoryLayout(int header, int reference, boolean tightArrays, int alignment) {
    private static final int LENGTH_FIELD = 4;

    /** Every layout that a HotSpot VM can have, the commonest first; the alignment is to be found out first. */
    static List<MemoryLayout> candidates(int idSize, int alignment) {
        MemoryLayout compact = new MemoryLayout(8, 4, true, alignment);
        if (idSize == Integer.BYTES) {
            return List.of(compact);
        }
        return List.of(
                new MemoryLayout(12, 4, false, alignment),
                new MemoryLayout(12, 8, false, alignment),
                compact,
                new MemoryLayout(8, 8, true, alignment),
                new MemoryLayout(16, 8, false, alignment),
                new MemoryLayout(16, 8, true, alignment),
                new MemoryLayout(16, 4, false, alignment),
                new MemoryLayout(16, 4, true, alignment));
    }

    long align(long size) {
        return size + alignment - 1 & -alignment;
    }

    /** Returns the shallow size of an object without fields. */
    long smallestObject() {
        return align(header);
    }

    /** Returns the shallow size of an array. */
    long arraySize(int elementType, long length) {
        return align(arrayHead(elementType) + length * BasicType.width(elementType, reference));
    }

    /** Returns where the first element of an array is. */
    long arrayHead(int elementType) {
        int width = BasicType.width(elementType, reference);
        int unit = tightArrays ? width : Math.max(width, Long.BYTES);
        return (header + LENGTH_FIELD + unit - 1L) & -unit;
    }
}
