package io.heapspec.result;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** Returns what the thread that ran it was seen to allocate, by class, most bytes first. */
    public List<ClassAllocations> classes() {
        Map<String, ClassAllocations> byClass = new TreeMap<>();
        for (AllocationSite site : sites) {
            if (site.thread().equals(thread)) {
                byClass.merge(
                        site.className(),
                        new ClassAllocations(site.className(), site.objects(), site.bytes()),
                        AllocationTrace::sum);
            }
        }
        return byClass.values().stream()
                .sorted(Comparator.comparingLong(ClassAllocations::bytes).reversed())
                .toList();
    }

    /** Returns what each thread was seen to allocate, most bytes first. */
    public List<ThreadAllocations> threads() {
        Map<String, ThreadAllocations> byThread = new TreeMap<>();
        for (AllocationSite site : sites) {
            byThread.merge(
                    site.thread(),
                    new ThreadAllocations(site.thread(), site.objects(), site.bytes()),
                    (one, other) -> new ThreadAllocations(
                            one.thread(), one.objects() + other.objects(), one.bytes() + other.bytes()));
        }
        return byThread.values().stream()
                .sorted(Comparator.comparingLong(ThreadAllocations::bytes).reversed())
                .toList();
    }

    private static ClassAllocations sum(ClassAllocations one, ClassAllocations other) {
        return new ClassAllocations(one.className(), one.objects() + other.objects(), one.bytes() + other.bytes());
    }
}
