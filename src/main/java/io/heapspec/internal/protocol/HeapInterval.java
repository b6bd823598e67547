package io.heapspec.internal.protocol;

import io.heapspec.result.CounterChange;
import org.jspecify.annotations.Nullable;

/**
 * What happened between the two dumps that explain a leak.
 *
 * @param runs how often the test ran in between
 * @param counters what the runtime's counters changed by; null if they could not be read
 * @param resolution by how many bytes the heap has to change for counters to show it
 * @param missing why the counters could not be read; empty if they were
 */
record HeapInterval(int runs, @Nullable CounterChange counters, long resolution, String missing) {

    static HeapInterval between(CounterReading before, CounterReading after, int runs) {
        return new HeapInterval(
                runs, after.snapshot().since(before.snapshot()), Math.max(before.resolution(), after.resolution()), "");
    }

    /** Returns one in which the counters are silent. */
    static HeapInterval withoutCounters(int runs, String missing) {
        return new HeapInterval(runs, null, 0, missing);
    }
}
