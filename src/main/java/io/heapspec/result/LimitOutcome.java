package io.heapspec.result;

import java.util.List;

/**
 * What a test allocated of what a limit is about.
 *
 * @param limit the limit
 * @param objects how many objects
 * @param bytes how many bytes
 * @param classes the classes that the limit is about, as they were counted, most bytes first
 * @param sites lines that allocate it, most bytes first; empty unless the limit is broken and they could be found
 * @since 0.1
 */
public record LimitOutcome(
        AllocationLimit limit,
        CountRange objects,
        CountRange bytes,
        List<ClassAllocations> classes,
        List<AllocationSite> sites) {

    public LimitOutcome {
        classes = List.copyOf(classes);
        sites = List.copyOf(sites);
    }

    /** What a test allocated, without the classes, and the lines that did. */
    public LimitOutcome(AllocationLimit limit, CountRange objects, CountRange bytes) {
        this(limit, objects, bytes, List.of(), List.of());
    }

    /** Tells whether the count is certain. */
    public boolean isExact() {
        return objects.isExact() && bytes.isExact();
    }

    /** Tells whether the classes account for all of it, and for nothing else. */
    public boolean isOfItsClasses() {
        long objectsOfClasses =
                classes.stream().mapToLong(ClassAllocations::objects).sum();
        long bytesOfClasses =
                classes.stream().mapToLong(ClassAllocations::bytes).sum();
        return objects.equals(CountRange.exactly(objectsOfClasses)) && bytes.equals(CountRange.exactly(bytesOfClasses));
    }

    /** Tells whether the limit holds in any case. */
    public boolean isKept() {
        boolean within = objects.isWithin(limit.objects()) && bytes.isWithin(limit.mostBytes());
        return within && (!limit.exact() || isExact() && !isBelow());
    }

    /** Tells whether it is more than the limit in any case. */
    public boolean isExceeded() {
        return objects.exceeds(limit.objects()) || bytes.exceeds(limit.mostBytes());
    }

    /** Tells whether it is less than the limit in any case. */
    public boolean isBelow() {
        return !isExceeded() && (objects.isBelow(limit.objects()) || bytes.isBelow(limit.mostBytes()));
    }

    /** Tells whether the limit is broken in any case. */
    public boolean isBroken() {
        return isExceeded() || limit.exact() && isBelow();
    }
}
