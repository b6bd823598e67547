package io.heapspec.heap;

/**
 * Fields that HotSpot adds to classes of the JDK and that no dump lists: those of {@code ALL_INJECTED_FIELDS} in
 * {@code javaClasses.hpp} that JDK 17 to 25 have in common.
 */
final class InjectedFields {
    private static final int[] NONE = {};
    private static final int[] POINTER = {8};
    private static final int[] TWO_POINTERS = {8, 8};
    private static final int[] FLAGS = {1};
    private static final int[] THREAD_STATES = {8, 4, 2, 1};

    private InjectedFields() {}

    /** Returns the width of each field added to a class. */
    static int[] of(HeapClass owner) {
        return switch (owner.name()) {
            case "java.lang.Thread" -> hasVirtualThreads(owner) ? THREAD_STATES : NONE;
            case "java.lang.String", "java.lang.InternalError" -> FLAGS;
            case "java.lang.ClassLoader",
                    "java.lang.Module",
                    "java.lang.invoke.MemberName",
                    "java.lang.invoke.ResolvedMethodName" -> POINTER;
            case "java.lang.invoke.MethodHandleNatives$CallSiteContext" -> TWO_POINTERS;
            default -> NONE;
        };
    }

    private static boolean hasVirtualThreads(HeapClass thread) {
        return thread.fields().stream().anyMatch(field -> field.name().equals("holder"));
    }
}
