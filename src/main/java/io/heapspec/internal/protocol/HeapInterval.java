package io.heapspec.internal.protocol;

import io.heapspec.result.CounterChange;

/**
 * What happened between the two dumps that explain a leak.
 *
 * @param runs how often the test ran in between
 * @param counters what the runtime's counters changed by
 * @param resolution by how many bytes the heap has to change for counters to show it
 */
record HeapInterval(int runs, CounterChange counters, long resolution) {

    static HeapInterval between(CounterReading before, CounterReading after, int runs) {
        return new HeapInterval(
                runs, after.snapshot().since(before.snapshot()), Math.max(before.resolution(), after.resolution()));
    }
}
