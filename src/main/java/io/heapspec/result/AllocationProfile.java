package io.heapspec.result;

import java.util.List;

/**
 * What a piece of code allocated, whether it is still alive or not.
 *
 * @param classes by class, most bytes first
 * @param bytes what the thread that ran it says it allocated
 * @param certification whether both agree
 * @since 0.1
 */
public record AllocationProfile(List<ClassAllocations> classes, long bytes, Certification certification) {

    public AllocationProfile {
        classes = List.copyOf(classes);
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
}
