package io.heapspec.result;

/**
 * An independent source of what is known about a test.
 *
 * @since 0.1
 */
public enum Witness {
    /** Class histograms and heap dumps: exact, and blind for what is not on the heap. It decides. */
    HEAP,
    /** Instrumented code and Flight Recorder: who made what, and how long it lived. It explains; that it saw nothing says nothing. */
    TRACE,
    /** The runtime's own counters: cheap, of the whole process, and coarse. They corroborate, and see what the heap does not show. */
    COUNTERS
}
