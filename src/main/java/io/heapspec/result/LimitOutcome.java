package io.heapspec.result;

/**
 * What a test allocated of what a limit is about.
 *
 * @param limit the limit
 * @param objects how many objects
 * @param bytes how many bytes
 * @since 0.1
 */
public record LimitOutcome(AllocationLimit limit, CountRange objects, CountRange bytes) {

    /** Tells whether the limit holds in any case. */
    public boolean isKept() {
        return objects.isWithin(limit.objects()) && bytes.isWithin(limit.mostBytes());
    }

    /** Tells whether the limit is broken in any case. */
    public boolean isBroken() {
        return objects.exceeds(limit.objects()) || bytes.exceeds(limit.mostBytes());
    }
}
