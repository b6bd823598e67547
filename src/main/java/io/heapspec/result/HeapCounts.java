package io.heapspec.result;

/**
 * What one dump has at a path.
 *
 * @param objects the number of objects
 * @param bytes their shallow size together
 * @param retained what would die with all of them, at least: the sum of their retained sizes, what one of them retains of
 *     another counted once; 0 if that was not asked for
 * @since 0.1
 */
public record HeapCounts(long objects, long bytes, long retained) {
    /** Nothing. */
    public static final HeapCounts NONE = new HeapCounts(0, 0, 0);

    /** Returns one of the three figures. */
    public long of(HeapMetric metric) {
        return switch (metric) {
            case OBJECTS -> objects;
            case BYTES -> bytes;
            case RETAINED -> retained;
        };
    }

    /** Returns the sum of two; retained sizes are those of the first, for they overlap. */
    public HeapCounts plus(HeapCounts other) {
        return new HeapCounts(objects + other.objects, bytes + other.bytes, retained);
    }
}
