package io.heapspec.internal.counters;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What the runtime itself counts, at one moment: the third witness.
 *
 * @param threads live platform threads
 * @param classesLoaded classes that were ever loaded, unloaded ones included
 * @param openFiles open file descriptors, sockets included; 0 where the system does not tell
 * @param bufferBytes bytes of direct and mapped buffers
 */
public record Counters(int threads, long classesLoaded, long openFiles, long bufferBytes) {

    /** Reads the counters now. */
    public static Counters read() {
        return new Counters(liveThreads(), classesLoadedSoFar(), openFileDescriptors(), bytesOfBuffers());
    }

    /** Returns how many platform threads are alive. */
    public static int liveThreads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Returns how many platform threads have ended since the JVM began. */
    public static long endedThreads() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - liveThreads();
    }

    /** Returns how many classes were ever loaded, unloaded ones included. */
    public static long classesLoadedSoFar() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    /** Returns how many classes were unloaded since the JVM began. */
    public static long classesUnloadedSoFar() {
        return ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();
    }

    /** Returns how many file descriptors are open: files, sockets, pipes, selectors; 0 where the system does not tell. */
    public static long openFileDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? Math.max(0, unix.getOpenFileDescriptorCount())
                : 0;
    }

    /** Returns how many bytes the current thread has allocated so far; 0 where that is not known. Allocates nothing. */
    public static long allocatedByThisThread() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? Math.max(0, threads.getCurrentThreadAllocatedBytes())
                : 0;
    }

    /** Returns how long the current thread had a processor so far, in nanoseconds; 0 where that is not known. Allocates nothing. */
    public static long computedByThisThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? Math.max(0, threads.getCurrentThreadCpuTime())
                : 0;
    }

    /** Returns how many collections there were, of all collectors together. */
    public static long collections() {
        long collections = 0;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, bean.getCollectionCount());
        }
        return collections;
    }

    /**
     * Returns how often all threads were stopped to collect, as far as the JVM counts that. ZGC and Shenandoah count pauses, and beside them the cycles that
     * they are part of. The others count collections. That there was none is sure; their number is not: JDK 17 does not count those that G1 marks with, and one
     * more for a young collection of Serial that gives up for a full one.
     */
    public static long pauses() {
        long pauses = 0;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            pauses += bean.getName().endsWith(" Cycles") ? 0 : Math.max(0, bean.getCollectionCount());
        }
        return pauses;
    }

    /** Returns how many bytes of the heap are in use, garbage that is not collected yet included. */
    public static long heapInUse() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long bytesOfBuffers() {
        long bytes = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += Math.max(0, pool.getMemoryUsed());
        }
        return bytes;
    }
}
