package io.heapspec.result;

import java.time.Duration;

/**
 * A time in which the garbage collector had stopped all threads. A collection has one, or several, or is part of one.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name as the JVM calls it: {@code GC Pause}, {@code Pause Mark Start}
 * @param collection as the JVM calls it: {@code G1New}; empty if that is not known
 * @param cause why there was a collection: {@code Allocation Failure}; empty if that is not known
 * @param duration how long it took
 * @param heapBefore bytes in use before the collection; 0 if that is not known
 * @param heapAfter bytes in use after the collection; 0 if that is not known
 * @since 0.1
 */
public record GcPause(
        String name, String collection, String cause, Duration duration, long heapBefore, long heapAfter) {}
