package io.heapspec.internal.counters;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.heapspec.result.CounterSnapshot;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads all counters of the runtime. Thread-safe. */
public final class CounterReader {

    /** JDK 21 counts what threads allocated that are gone. */
    private static final @Nullable MethodHandle TOTAL_ALLOCATED = totalAllocated();

    private CounterReader() {}

    /**
     * Reads the counters now.
     *
     * @param afterCollection whether a collection was confirmed just before
     */
    public static CounterSnapshot read(boolean afterCollection) {
        // What a collection left first: reading the rest allocates.
        List<CounterSnapshot.Pool> pools = pools();
        long allocated = allocatedBytes();
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        return new CounterSnapshot(
                afterCollection,
                pools,
                collectors(),
                allocated,
                classes.getTotalLoadedClassCount(),
                classes.getUnloadedClassCount(),
                Counters.liveThreads(),
                buffers(),
                fileDescriptors(),
                ResidentSet.bytes());
    }

    private static List<CounterSnapshot.Pool> pools() {
        List<CounterSnapshot.Pool> pools = new ArrayList<>();
        for (MemoryPoolMXBean bean : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = bean.getUsage();
            if (usage != null) {
                pools.add(new CounterSnapshot.Pool(
                        bean.getName(), bean.getType() == MemoryType.HEAP, usage.getUsed(), usage.getCommitted()));
            }
        }
        return pools;
    }

    private static List<CounterSnapshot.Collections> collectors() {
        List<CounterSnapshot.Collections> collectors = new ArrayList<>();
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            collectors.add(new CounterSnapshot.Collections(
                    bean.getName(), Math.max(0, bean.getCollectionCount()), Math.max(0, bean.getCollectionTime())));
        }
        return collectors;
    }

    private static List<CounterSnapshot.Buffers> buffers() {
        List<CounterSnapshot.Buffers> buffers = new ArrayList<>();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            buffers.add(new CounterSnapshot.Buffers(
                    pool.getName(), Math.max(0, pool.getCount()), Math.max(0, pool.getMemoryUsed())));
        }
        return buffers;
    }

    private static OptionalLong fileDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        && unix.getOpenFileDescriptorCount() >= 0
                ? OptionalLong.of(unix.getOpenFileDescriptorCount())
                : OptionalLong.empty();
    }

    private static long allocatedBytes() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            return 0;
        }
        MethodHandle total = TOTAL_ALLOCATED;
        if (total != null) {
            try {
                return (long) total.invoke(threads);
            } catch (Throwable unsupported) {
                // Then those that are alive are all there is.
            }
        }
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static @Nullable MethodHandle totalAllocated() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(ThreadMXBean.class, "getTotalThreadAllocatedBytes", MethodType.methodType(long.class));
        } catch (ReflectiveOperationException beforeJdk21) {
            return null;
        }
    }
}
