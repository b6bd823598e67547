package io.heapspec.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the runtime itself counts, at one moment.
 *
 * <p>Each number is that of the whole process, and none says whose it is:
 *
 * <ul>
 *   <li>What a pool uses includes garbage, unless a collection came just before: {@code afterCollection}. ZGC and Shenandoah count whole regions,
 *       ZGC of 2 MiB, so that a leak of a few kilobytes does not show.
 *   <li>Committed bytes are what the JVM has reserved from the system, used or not. They do not fall with every collection.
 *   <li>Allocated bytes are those that threads were given, garbage or not: from JDK 21 on by all threads that ever were, before that by those that
 *       are alive. What the JVM's own compiler and collector threads take is outside the heap and not in it.
 *   <li>Threads are platform threads. Virtual threads are not counted, the JVM's own hidden threads neither.
 *   <li>Buffers are direct and mapped ones, not what native code allocates. That shows in the resident bytes alone.
 *   <li>File descriptors include sockets, pipes, selectors, and the JVM's own jar files. A system that is not Unix tells none.
 *   <li>Resident bytes are the pages of the process that are in memory; the system takes some back, and the JVM keeps some that it does not use. Only
 *       Linux tells them.
 * </ul>
 *
 * <p>Source: the platform's MXBeans ({@link java.lang.management.ManagementFactory}), and {@code /proc/self/status}. Immutable and thread-safe.
 *
 * @param afterCollection whether a collection was forced and confirmed just before
 * @param pools what each memory pool uses
 * @param collectors how often each collector has run
 * @param allocatedBytes bytes that threads have allocated so far
 * @param classesLoaded classes that were ever loaded, unloaded ones included
 * @param classesUnloaded classes that were unloaded
 * @param threads live platform threads
 * @param buffers direct and mapped buffers
 * @param fileDescriptors open file descriptors; empty where the system does not tell
 * @param residentBytes bytes of the process that are in memory; empty where the system does not tell
 * @since 0.1
 */
public record CounterSnapshot(
        boolean afterCollection,
        List<Pool> pools,
        List<Collections> collectors,
        long allocatedBytes,
        long classesLoaded,
        long classesUnloaded,
        int threads,
        List<Buffers> buffers,
        OptionalLong fileDescriptors,
        OptionalLong residentBytes) {

    public CounterSnapshot {
        pools = List.copyOf(pools);
        collectors = List.copyOf(collectors);
        buffers = List.copyOf(buffers);
    }

    /** Returns the bytes that all pools of the heap use. */
    public long heapBytes() {
        return pools.stream().filter(Pool::ofHeap).mapToLong(Pool::usedBytes).sum();
    }

    /** Returns the bytes that all pools beside the heap use: metaspace, code cache. */
    public long nonHeapBytes() {
        return pools.stream()
                .filter(pool -> !pool.ofHeap())
                .mapToLong(Pool::usedBytes)
                .sum();
    }

    /** Returns the bytes that are committed for the heap. */
    public long committedHeapBytes() {
        return pools.stream()
                .filter(Pool::ofHeap)
                .mapToLong(Pool::committedBytes)
                .sum();
    }

    /** Returns how many collections there were so far, of all collectors together. */
    public long collections() {
        return collectors.stream().mapToLong(Collections::count).sum();
    }

    /** Returns the milliseconds that all collections took so far. */
    public long collectionMillis() {
        return collectors.stream().mapToLong(Collections::millis).sum();
    }

    /** Returns the bytes of all buffers. */
    public long bufferBytes() {
        return buffers.stream().mapToLong(Buffers::bytes).sum();
    }

    /** Returns how many buffers there are. */
    public long bufferCount() {
        return buffers.stream().mapToLong(Buffers::count).sum();
    }

    /**
     * Returns what changed since an earlier snapshot.
     *
     * @param earlier one of the same JVM
     */
    public CounterChange since(CounterSnapshot earlier) {
        return new CounterChange(earlier, this);
    }

    /**
     * A memory pool.
     *
     * @param name as the JVM calls it, such as {@code G1 Old Gen}
     * @param ofHeap whether it is a part of the heap
     * @param usedBytes bytes in use, garbage included unless a collection came before
     * @param committedBytes bytes that the JVM has from the system
     */
    public record Pool(String name, boolean ofHeap, long usedBytes, long committedBytes) {}

    /**
     * What a collector has done so far.
     *
     * @param name as the JVM calls it, such as {@code G1 Young Generation}
     * @param count how often it has run
     * @param millis how long that took; of concurrent collectors not only pauses
     */
    public record Collections(String name, long count, long millis) {}

    /**
     * Buffers outside the heap.
     *
     * @param name as the JVM calls them: {@code direct}, {@code mapped}
     * @param count how many there are
     * @param bytes how many bytes they have
     */
    public record Buffers(String name, long count, long bytes) {}
}
