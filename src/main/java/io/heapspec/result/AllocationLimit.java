package io.heapspec.result;

/**
 * How much a test may allocate of something.
 *
 * @param objects how many objects, 0 or more; {@link #NONE} for any number
 * @param bytes their shallow sizes together, 0 or more; {@link #NONE} for any size
 * @param ofClass the class whose objects, subclasses included, are meant, as Java source writes it; {@code java.lang.Object} for all
 * @param scope whose allocations count
 * @since 0.1
 */
public record AllocationLimit(long objects, long bytes, String ofClass, AllocationScope scope) {

    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    private static final String EVERYTHING = "java.lang.Object";

    /** Tells whether objects of every class are meant. */
    public boolean isOfEverything() {
        return ofClass.equals(EVERYTHING);
    }

    /** Returns the most bytes that hold: no objects have no bytes. */
    public long mostBytes() {
        return objects == 0 ? 0 : bytes;
    }
}
