package io.heapspec.result;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What each repetition adds to the runtime's counters.
 *
 * <p>A slope of some bytes is noise, even where nothing leaks: after a collection the heap of an idle JVM varies by some hundred bytes on G1, and by megabytes
 * where the collector counts whole regions. Immutable and thread-safe.
 *
 * @param change what changed in all of them together
 * @param runs how many there were, 1 or more
 * @since 0.1
 */
public record CounterSlopes(CounterChange change, int runs) {

    /** Returns the bytes that each run adds to the heap. */
    public double heapBytes() {
        return (double) change.heapBytes() / runs;
    }

    /** Returns the bytes that each run adds to the pools beside the heap. */
    public double nonHeapBytes() {
        return (double) change.nonHeapBytes() / runs;
    }

    /** Returns the bytes that each run allocates. */
    public double allocatedBytes() {
        return (double) change.allocatedBytes() / runs;
    }

    /** Returns the classes that each run loads and that stay loaded. */
    public double classes() {
        return (double) (change.classesLoaded() - change.classesUnloaded()) / runs;
    }

    /** Returns the platform threads that each run leaves. */
    public double threads() {
        return (double) change.threads() / runs;
    }

    /** Returns the bytes of direct and mapped buffers that each run leaves. */
    public double bufferBytes() {
        return (double) change.bufferBytes() / runs;
    }

    /** Returns the descriptors that each run leaves open; empty where the system does not tell. */
    public OptionalDouble fileDescriptors() {
        return perRun(change.fileDescriptors());
    }

    /** Returns the bytes of the process in memory that each run adds; empty where the system does not tell. */
    public OptionalDouble residentBytes() {
        return perRun(change.residentBytes());
    }

    private OptionalDouble perRun(OptionalLong difference) {
        return difference.isPresent()
                ? OptionalDouble.of((double) difference.getAsLong() / runs)
                : OptionalDouble.empty();
    }
}
