package io.heapspec.result;

/**
 * Whose allocations count against a limit.
 *
 * @since 0.1
 */
public enum AllocationScope {
    /** Those of the thread that runs the test. */
    TEST_THREAD,
    /** Those of every thread in the JVM, including threads that are born and die while the test runs. */
    ALL_THREADS
}
