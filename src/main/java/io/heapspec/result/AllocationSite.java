package io.heapspec.result;

import java.util.List;

/**
 * A line of code that allocates, and what it allocates of one class: by itself, or by calling the JDK.
 *
 * @param className the class, named as in {@link ClassAllocations#className()}
 * @param objects how many objects
 * @param bytes their shallow sizes together
 * @param thread name of the thread that allocated
 * @param stack where that was, the first time: the line first, then its callers; empty if no code outside the JDK was running
 * @since 0.1
 */
public record AllocationSite(String className, long objects, long bytes, String thread, List<StackTraceElement> stack) {

    public AllocationSite {
        stack = List.copyOf(stack);
    }
}
