package io.heapspec.result;

/**
 * How much one thread was seen to allocate, by instrumentation.
 *
 * @param thread name of the thread; several threads of one name count together
 * @param objects how many objects
 * @param bytes their shallow sizes together
 * @since 0.1
 */
public record ThreadAllocations(String thread, long objects, long bytes) {}
