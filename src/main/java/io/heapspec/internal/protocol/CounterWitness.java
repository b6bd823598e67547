package io.heapspec.internal.protocol;

import io.heapspec.internal.counters.CounterReader;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.result.CounterSnapshot;
import io.heapspec.result.Reason;

/** The third witness: the runtime's own counters, as they are and after a collection. Thread-safe. */
public final class CounterWitness {

    private final Collector collector;

    public CounterWitness() {
        this(new Collector());
    }

    CounterWitness(Collector collector) {
        this.collector = collector;
    }

    /** Reads the counters as they are. */
    public static CounterSnapshot read() {
        return CounterReader.read(false);
    }

    /**
     * Reads the counters after two collections, and returns the reading with the smaller heap: on Serial and Parallel a single one may count a part of
     * the young generation as a whole, some megabytes more, which the next does not.
     *
     * @throws NotMeasurableException if no collection can be forced
     */
    public CounterSnapshot readAfterCollection() throws NotMeasurableException {
        return readTwice().snapshot();
    }

    /** Reads them so, and tells how exact the heap's bytes are. */
    CounterReading readTwice() throws NotMeasurableException {
        try {
            collector.collect();
            CounterSnapshot first = CounterReader.read(true);
            collector.collect();
            return CounterReading.of(first, CounterReader.read(true));
        } catch (CollectionNotConfirmedException e) {
            throw new NotMeasurableException(Reason.NO_CONFIRMED_COLLECTION, String.valueOf(e.getMessage()), e);
        }
    }
}
