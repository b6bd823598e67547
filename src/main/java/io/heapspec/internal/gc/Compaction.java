package io.heapspec.internal.gc;

import io.heapspec.internal.util.VmFlags;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a full collection compacted the whole heap.
 *
 * <p>The serial collector spares itself moving what lies above a few dead objects: it leaves them in place, and fills the gap with an
 * {@code int[]} or, where that does not fit, an {@code Object}. Before JDK 19 a histogram counts these as what they look like. Only every
 * {@code -XX:MarkSweepAlwaysCompactCount}-th full collection, the fourth by default, leaves none (HotSpot's {@code DeadSpacer}).
 *
 * <p>Thread-safe.
 */
public final class Compaction {

    private static final int FILLERS_HAVE_NAMES_SINCE = 19;

    private final @Nullable GarbageCollectorMXBean serial;
    private final long every;

    public Compaction() {
        serial = Runtime.version().feature() < FILLERS_HAVE_NAMES_SINCE ? serialCollector() : null;
        every = serial == null
                ? 1
                : VmFlags.value("MarkSweepAlwaysCompactCount")
                        .map(Long::parseLong)
                        .orElse(1L);
    }

    /** Tells whether collections of this JVM may leave gaps that a histogram counts as objects. */
    public boolean mayLeaveGaps() {
        return every > 1;
    }

    /** Tells whether the latest full collection left no gap. */
    public boolean isComplete() {
        return isComplete(0);
    }

    /** Tells whether the next full collection will leave no gap. */
    public boolean isNextComplete() {
        return isComplete(1);
    }

    private boolean isComplete(int collectionsFromNow) {
        GarbageCollectorMXBean bean = serial;
        return bean == null || every <= 1 || (bean.getCollectionCount() + collectionsFromNow) % every == 0;
    }

    private static @Nullable GarbageCollectorMXBean serialCollector() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> bean.getName().equals("MarkSweepCompact"))
                .findFirst()
                .orElse(null);
    }
}
