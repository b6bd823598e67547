package io.heapspec.result;

import java.util.List;

/**
 * What a piece of code allocated, whether it is still alive or not.
 *
 * @param classes by class, most bytes first
 * @param bytes what the thread that ran it says it allocated
 * @param certification whether both agree
 * @param trace which lines allocated it, if that was asked for
 * @since 0.1
 */
public record AllocationProfile(
        List<ClassAllocations> classes, long bytes, Certification certification, AllocationTrace trace) {

    private static final long LEAST_OBJECT = 16;

    public AllocationProfile {
        classes = List.copyOf(classes);
    }

    /** What was allocated, without the lines that did. */
    public AllocationProfile(List<ClassAllocations> classes, long bytes, Certification certification) {
        this(classes, bytes, certification, AllocationTrace.NONE);
    }

    /** Returns this profile with the lines that allocate. */
    public AllocationProfile tracedBy(AllocationTrace found) {
        return new AllocationProfile(classes, bytes, certification, found);
    }

    /** Returns the lines that allocate, most bytes first; empty if they were not asked for or could not be found. */
    public List<AllocationSite> sites() {
        return trace.sites();
    }

    /** Returns what each thread allocated, most bytes first; empty where the lines are. */
    public List<ThreadAllocations> threads() {
        return trace.threads();
    }

    /** Returns how many objects were allocated. */
    public long objects() {
        return classes.stream().mapToLong(ClassAllocations::objects).sum();
    }

    /**
     * Returns how many objects of one class were allocated, subclasses not included.
     *
     * @param className as in {@link ClassAllocations#className()}
     */
    public long objectsOf(String className) {
        return classes.stream()
                .filter(each -> each.className().equals(className))
                .mapToLong(ClassAllocations::objects)
                .sum();
    }

    /** Returns how many objects there may be at most, whatever the witnesses disagree about; as many as were counted if they agree. */
    public long objectsAtMost() {
        return atMost(objects());
    }

    /**
     * Returns how many objects of one class there may be at most, subclasses not included.
     *
     * @param className as in {@link ClassAllocations#className()}
     */
    public long objectsOfAtMost(String className) {
        long counted = objectsOf(className);
        boolean gaps = certification instanceof Certification.GapsCounted uncertain
                && !uncertain.className().equals(className);
        return gaps ? counted : atMost(counted);
    }

    /** The thread's own counter is exact: there is no room for more. */
    private long atMost(long counted) {
        return certification.isExact()
                ? counted
                : Math.min(counted + notCounted() / LEAST_OBJECT, bytes / LEAST_OBJECT);
    }

    private long notCounted() {
        if (certification instanceof Certification.NotSeen notSeen) {
            return notSeen.bytes();
        } else if (certification instanceof Certification.Disturbed disturbed) {
            return disturbed.bytes();
        }
        return certification instanceof Certification.OthersAllocated ? 0 : bytes;
    }
}
