package io.heapspec.internal.counters;

import java.lang.management.ManagementFactory;

/**
 * What the runtime itself counts, at one moment: the third witness.
 *
 * @param heapUsed bytes used on the heap as the memory bean says; call it after a collection. Its resolution is 80 B to 2 MiB,
 *     depending on the collector
 * @param threads live platform threads
 * @param loadedClasses classes loaded and not unloaded
 */
public record Counters(long heapUsed, int threads, int loadedClasses) {

    /** Returns how many platform threads are alive. */
    public static int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Returns how many classes were ever loaded, unloaded ones included. */
    public static long classesLoadedSoFar() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    /** Reads the counters now. */
    public static Counters read() {
        return new Counters(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                liveThreads(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }
}
