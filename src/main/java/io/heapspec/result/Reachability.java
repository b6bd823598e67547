package io.heapspec.result;

/**
 * How strongly an object must be reachable to count as retained.
 *
 * @since 0.1
 */
public enum Reachability {
    /** By strong references alone. What only soft references lead to goes when memory is short, and counts as gone. */
    STRONG,
    /** By strong or soft references. Soft references are cleared first, as before an {@code OutOfMemoryError}. */
    SOFT
}
