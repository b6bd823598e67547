package io.heapspec.result;

import java.util.List;

/**
 * What instrumentation saw in a run of its own: which lines allocated how many objects. It does not see what the JVM itself makes, and sees what
 * the just-in-time compiler removes.
 *
 * @param thread name of the thread that ran it
 * @param sites by line, class and thread, most bytes first
 * @param note why there are none, or how many classes could not be instrumented; empty if there is nothing to say
 * @since 0.1
 */
public record AllocationTrace(String thread, List<AllocationSite> sites, String note) {

    /** No run was traced. */
    public static final AllocationTrace NONE = new AllocationTrace("", List.of(), "");

    public AllocationTrace {
        sites = List.copyOf(sites);
    }

    /** Returns the trace of a run that could not be traced. */
    public static AllocationTrace missing(String why) {
        return new AllocationTrace("", List.of(), why);
    }

    /** Returns this trace with another note. */
    public AllocationTrace noting(String other) {
        return new AllocationTrace(thread, sites, other);
    }

    /**
     * Returns how many objects of one class were seen on the thread that ran it.
     *
     * @param className as in {@link ClassAllocations#className()}
     */
    public long objectsOf(String className) {
        return sites.stream()
                .filter(site -> site.thread().equals(thread) && site.className().equals(className))
                .mapToLong(AllocationSite::objects)
                .sum();
    }
}
