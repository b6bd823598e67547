package io.heapspec.internal.protocol;

import io.heapspec.result.CounterSnapshot;

/**
 * Counters after a collection, and how exact their heap is.
 *
 * @param snapshot the counters
 * @param resolution by how many bytes the heap has to change to be seen to
 */
record CounterReading(CounterSnapshot snapshot, long resolution) {

    /** What the JVM and its tools change between two readings, without any test. */
    private static final long LEAST = 16L << 10;

    /**
     * Of two readings in a row the one with the smaller heap counts. What they differ by is noise, and what both are a multiple of is the unit that this
     * collector counts in: 8 bytes, or 2 MiB where it counts regions.
     */
    static CounterReading of(CounterSnapshot first, CounterSnapshot second) {
        long noise = Math.abs(first.heapBytes() - second.heapBytes());
        long unit = Long.lowestOneBit(first.heapBytes() | second.heapBytes());
        CounterSnapshot smaller = first.heapBytes() < second.heapBytes() ? first : second;
        return new CounterReading(smaller, Math.max(LEAST, Math.max(noise, unit)));
    }
}
