package io.heapspec.result;

import java.util.List;

/**
 * What a test allocated of what a limit is about.
 *
 * @param limit the limit
 * @param objects how many objects
 * @param bytes how many bytes
 * @param sites lines that allocate it, most bytes first; empty unless the limit is broken and they could be found
 * @since 0.1
 */
public record LimitOutcome(AllocationLimit limit, CountRange objects, CountRange bytes, List<AllocationSite> sites) {

    public LimitOutcome {
        sites = List.copyOf(sites);
    }

    /** What a test allocated, without the lines that did. */
    public LimitOutcome(AllocationLimit limit, CountRange objects, CountRange bytes) {
        this(limit, objects, bytes, List.of());
    }

    /** Tells whether the limit holds in any case. */
    public boolean isKept() {
        return objects.isWithin(limit.objects()) && bytes.isWithin(limit.mostBytes());
    }

    /** Tells whether the limit is broken in any case. */
    public boolean isBroken() {
        return objects.exceeds(limit.objects()) || bytes.exceeds(limit.mostBytes());
    }
}
