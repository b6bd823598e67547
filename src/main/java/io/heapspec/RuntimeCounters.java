package io.heapspec;

import io.heapspec.internal.protocol.CounterWitness;
import io.heapspec.internal.protocol.NotMeasurableException;
import io.heapspec.result.CounterSnapshot;

/**
 * Reads what the runtime itself counts: memory pools, collections, allocated bytes, classes, threads, buffers, file descriptors, resident memory.
 *
 * <pre>{@code
 * CounterSnapshot before = RuntimeCounters.readAfterCollection();
 * server.handle(request);
 * CounterChange change = RuntimeCounters.readAfterCollection().since(before);
 * assertThat(change.threads()).isZero();
 * }</pre>
 *
 * <p>Counters are cheap and see the whole process, also what is not on the heap. They name nobody, and others change them, too: what they say belongs
 * to one test only while no other runs. {@link CounterSnapshot} says what each number includes.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class RuntimeCounters {

    private static final CounterWitness WITNESS = new CounterWitness();

    private RuntimeCounters() {}

    /** Reads the counters as they are; what the heap uses includes garbage. Takes less than a millisecond once it is warm. */
    public static CounterSnapshot read() {
        return CounterWitness.read();
    }

    /**
     * Forces two collections, waits until each is confirmed, and reads the counters, so that what the heap uses is what is alive. Of the two readings the
     * one with the smaller heap counts: some collectors take a part of the young generation for used as a whole now and then. Costs two collections.
     *
     * @throws IllegalStateException if no collection can be forced in this JVM, with what was tried
     */
    public static CounterSnapshot readAfterCollection() {
        try {
            return WITNESS.readAfterCollection();
        } catch (NotMeasurableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
