package io.heapspec.internal.counters;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

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

    /** Returns how many classes were ever loaded, unloaded ones included. */
    public static long classesLoadedSoFar() {
        return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
    }

    private static long openFileDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static long bytesOfBuffers() {
        long bytes = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += Math.max(0, pool.getMemoryUsed());
        }
        return bytes;
    }
}
