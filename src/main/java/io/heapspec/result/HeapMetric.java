package io.heapspec.result;

/**
 * By what growth is measured.
 *
 * @since 0.1
 */
public enum HeapMetric {
    /** The number of objects. */
    OBJECTS,
    /** Their shallow size. */
    BYTES,
    /** What would die with them. */
    RETAINED
}
