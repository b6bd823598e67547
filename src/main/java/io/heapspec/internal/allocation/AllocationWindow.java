package io.heapspec.internal.allocation;

import com.sun.management.ThreadMXBean;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.result.AllocationProfile;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Counts what a body allocates, between two histograms of everything in the heap, garbage included.
 *
 * <p>What taking a histogram leaves behind is measured each time, by an empty window directly before the body's: two windows side by side
 * are left the same, unless another thread allocates in one of them, and then the counters do not agree. Between the two reads of the thread's counter nothing runs but the body.
 *
 * <p>Needs a collector whose histogram counts garbage: Serial, Parallel and G1. Not thread-safe; one body at a time in a JVM.
 */
public final class AllocationWindow {

    private static final int WARM_UPS = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final ClassTable classes = new ClassTable();
    private final Histograms histograms = new Histograms(classes);
    private final Collector collector = new Collector();
    private boolean warm;

    /**
     * Runs a body and counts, once more where the count is not certain, which other threads are the usual cause of.
     *
     * @param attempts how often the body may run, 1 at least
     * @return what it allocated in its last run, and how far that is certain
     * @throws HistogramUnavailableException if this JVM has no histogram
     * @throws Throwable what the body throws
     */
    public AllocationProfile count(Body body, int attempts) throws Throwable {
        warmUp();
        AllocationProfile profile = reconcile(open(body));
        for (int i = 1; i < attempts && !profile.certification().isExact(); i++) {
            profile = reconcile(open(body));
        }
        return profile;
    }

    /** The first histograms of a JVM load classes, and so do the first reconciliations. */
    private void warmUp() throws Throwable {
        for (int i = 0; !warm && i < WARM_UPS; i++) {
            reconcile(open(() -> {}));
        }
        warm = true;
    }

    private Reading open(Body body) throws Throwable {
        makeRoom();
        long collectionsBefore = collections();
        String empty = histograms.allAsText();
        long bytesOfEmpty = threads.getCurrentThreadAllocatedBytes();
        String before = histograms.allAsText();
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        body.run();
        long bytesAfter = threads.getCurrentThreadAllocatedBytes();
        String after = histograms.allAsText();
        return new Reading(
                empty,
                before,
                after,
                bytesBefore - bytesOfEmpty,
                bytesAfter - bytesBefore,
                collections() != collectionsBefore);
    }

    /** The less room is left, the more likely is a collection within the window. Where none can be forced, none may come by itself either. */
    private void makeRoom() {
        try {
            collector.collect();
        } catch (CollectionNotConfirmedException withoutIt) {
            // Then the count may be inexact, and says so.
        }
    }

    private AllocationProfile reconcile(Reading reading) throws HistogramUnavailableException {
        return new Reconciliation(
                        classes,
                        histograms.parse(reading.empty()),
                        histograms.parse(reading.before()),
                        histograms.parse(reading.after()),
                        reading)
                .profile();
    }

    private long collections() {
        long total = 0;
        for (GarbageCollectorMXBean each : collectors) {
            total += each.getCollectionCount();
        }
        return total;
    }

    /** What is measured. */
    @FunctionalInterface
    public interface Body {
        void run() throws Throwable;
    }
}
