package io.heapspec.result;

import org.jspecify.annotations.Nullable;

/**
 * How much a test may allocate of something.
 *
 * @param objects how many objects, 0 or more; {@link #NONE} for any number
 * @param bytes their shallow sizes together, 0 or more; {@link #NONE} for any size
 * @param ofClass the class whose objects, subclasses included, are meant, as Java source writes it; {@code java.lang.Object} for all
 * @param scope whose allocations count
 * @param baseline what was recorded, if the limit is not declared but recorded
 * @param exact whether less breaks it, too
 * @since 0.1
 */
public record AllocationLimit(
        long objects,
        long bytes,
        String ofClass,
        AllocationScope scope,
        @Nullable RecordedAllocations baseline,
        boolean exact) {

    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /** The class that all objects are of. */
    public static final String EVERYTHING = "java.lang.Object";

    /** A limit that is declared. */
    public AllocationLimit(long objects, long bytes, String ofClass, AllocationScope scope) {
        this(objects, bytes, ofClass, scope, null, false);
    }

    /** Returns what was recorded as the limit for the same objects. */
    public AllocationLimit recorded(RecordedAllocations recorded, boolean exactly) {
        return new AllocationLimit(recorded.objects(), recorded.bytes(), ofClass, scope, recorded, exactly);
    }

    /** Returns no limit for the same objects. */
    public AllocationLimit unlimited() {
        return new AllocationLimit(NONE, NONE, ofClass, scope);
    }

    /** Tells whether any number and any size is allowed. */
    public boolean isUnlimited() {
        return objects == NONE && bytes == NONE;
    }

    /** Tells whether objects of every class are meant. */
    public boolean isOfEverything() {
        return ofClass.equals(EVERYTHING);
    }

    /** Returns the most bytes that hold: no objects have no bytes. */
    public long mostBytes() {
        return objects == 0 ? 0 : bytes;
    }
}
