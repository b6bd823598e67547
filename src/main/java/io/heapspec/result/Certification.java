package io.heapspec.result;

/**
 * Whether two independent counts of the same allocations agree: the objects of all classes by the class histogram, and the bytes that the
 * thread says it allocated.
 *
 * @since 0.1
 */
public sealed interface Certification {

    /** Objects times sizes are the thread's bytes, to the byte: the count is exact, and all of it is this thread's. */
    record Certified() implements Certification {}

    /**
     * The histogram did not count them all, or those of others too, but instrumented code did in a run of its own: objects times sizes are the
     * thread's bytes, to the byte.
     */
    record Instrumented() implements Certification {}

    /**
     * The histogram counted more than the thread allocated: another thread allocated meanwhile.
     *
     * @param bytes by how much
     */
    record OthersAllocated(long bytes) implements Certification {}

    /**
     * Other threads allocated while nothing was measured, just before: what that was is left out of the count, which may be off by as much
     * either way.
     *
     * @param bytes by how much
     */
    record Disturbed(long bytes) implements Certification {}

    /**
     * The thread allocated more than the histogram counted.
     *
     * @param bytes by how much
     */
    record NotSeen(long bytes) implements Certification {}

    /**
     * The bytes agree, but gaps between objects were counted as objects of one class, so that their number is uncertain. Only JVMs before 19
     * do that, and only where a thread used up a whole allocation buffer.
     *
     * @param className the class; there is one at least, and there are at most as many as its bytes have room for
     */
    record GapsCounted(String className) implements Certification {}

    /** A collection took garbage away before it was counted, every time. The bytes are the thread's. */
    record Collected() implements Certification {}

    /** Tells whether the count of objects is exact. */
    default boolean isExact() {
        return this instanceof Certified || this instanceof Instrumented;
    }
}
