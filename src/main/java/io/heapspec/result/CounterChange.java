package io.heapspec.result;

import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What the runtime's counters changed by between two moments. All figures are differences, negative where something became less.
 *
 * <pre>{@code
 * CounterSnapshot before = RuntimeCounters.readAfterCollection();
 * for (int run = 0; run < 100; run++) {
 *     service.handle(request);
 * }
 * CounterChange change = RuntimeCounters.readAfterCollection().since(before);
 * assertThat(change.perRun(100).heapBytes()).isLessThan(1);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param before the earlier moment
 * @param after the later one
 * @since 0.1
 */
public record CounterChange(CounterSnapshot before, CounterSnapshot after) {

    /** Returns by how many bytes the heap grew. Garbage is included unless both snapshots follow a collection: {@link #isAfterCollections()}. */
    public long heapBytes() {
        return difference(CounterSnapshot::heapBytes);
    }

    /** Returns by how many bytes the pools beside the heap grew. */
    public long nonHeapBytes() {
        return difference(CounterSnapshot::nonHeapBytes);
    }

    /** Returns by how many bytes more memory is committed for the heap. */
    public long committedHeapBytes() {
        return difference(CounterSnapshot::committedHeapBytes);
    }

    /** Returns how many bytes threads allocated. Before JDK 21 what threads that have ended allocated is missing, so that it may be negative. */
    public long allocatedBytes() {
        return difference(CounterSnapshot::allocatedBytes);
    }

    /**
     * Returns how many bytes collections freed: what was allocated and is not on the heap any more. What was allocated and was not collected is alive, so
     * this and {@link #heapBytes()} together are {@link #allocatedBytes()}.
     *
     * @throws IllegalStateException unless both snapshots follow a collection, since garbage would count as alive
     */
    public long collectedBytes() {
        if (!isAfterCollections()) {
            throw new IllegalStateException(
                    "what was collected is known only between two snapshots that follow a collection each");
        }
        return allocatedBytes() - heapBytes();
    }

    /** Returns how many collections there were. */
    public long collections() {
        return difference(CounterSnapshot::collections);
    }

    /** Returns how many milliseconds collections took. */
    public long collectionMillis() {
        return difference(CounterSnapshot::collectionMillis);
    }

    /** Returns how many classes were loaded. */
    public long classesLoaded() {
        return difference(CounterSnapshot::classesLoaded);
    }

    /** Returns how many classes were unloaded. */
    public long classesUnloaded() {
        return difference(CounterSnapshot::classesUnloaded);
    }

    /** Returns by how many platform threads there are more. */
    public long threads() {
        return difference(CounterSnapshot::threads);
    }

    /** Returns by how many bytes direct and mapped buffers grew. */
    public long bufferBytes() {
        return difference(CounterSnapshot::bufferBytes);
    }

    /** Returns by how many descriptors there are more; empty where the system does not tell. */
    public OptionalLong fileDescriptors() {
        return optional(CounterSnapshot::fileDescriptors);
    }

    /** Returns by how many bytes more of the process are in memory; empty where the system does not tell. */
    public OptionalLong residentBytes() {
        return optional(CounterSnapshot::residentBytes);
    }

    /** Tells whether both snapshots follow a collection, so that the heap's bytes are those of live objects. */
    public boolean isAfterCollections() {
        return before.afterCollection() && after.afterCollection();
    }

    /**
     * Returns the change as slopes: what each repetition adds.
     *
     * @param runs how many repetitions there were in between, 1 or more
     * @throws IllegalArgumentException if there were none
     */
    public CounterSlopes perRun(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs = " + runs + "; allowed is 1 or more");
        }
        return new CounterSlopes(this, runs);
    }

    private long difference(ToLongFunction<CounterSnapshot> counter) {
        return counter.applyAsLong(after) - counter.applyAsLong(before);
    }

    private OptionalLong optional(Function<CounterSnapshot, OptionalLong> counter) {
        OptionalLong from = counter.apply(before);
        OptionalLong to = counter.apply(after);
        return from.isPresent() && to.isPresent()
                ? OptionalLong.of(to.getAsLong() - from.getAsLong())
                : OptionalLong.empty();
    }
}
