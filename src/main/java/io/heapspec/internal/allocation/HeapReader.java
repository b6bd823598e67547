package io.heapspec.internal.allocation;

import com.sun.management.ThreadMXBean;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads everything in the heap, garbage included, and what this thread allocated.
 *
 * <p>The text of a histogram is read apart from what it says, since that allocates more than the text. Not thread-safe.
 */
final class HeapReader {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Histograms histograms;
    private final Collector collector = new Collector();
    private final Runnable beforeEach;

    /** @param beforeEach runs before each histogram */
    HeapReader(ClassTable classes, Runnable beforeEach) {
        this.histograms = new Histograms(classes);
        this.beforeEach = beforeEach;
    }

    /** @throws UnsupportedOperationException if this JVM has no class histogram */
    String text() {
        beforeEach.run();
        try {
            return histograms.allAsText();
        } catch (HistogramUnavailableException e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    Census parsed(String histogram) {
        try {
            return histograms.parse(histogram);
        } catch (HistogramUnavailableException e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    /** Returns how many bytes this thread allocated so far. */
    long allocated() {
        return threads.getCurrentThreadAllocatedBytes();
    }

    /** Returns how many collections there were so far. */
    long collections() {
        long total = 0;
        for (GarbageCollectorMXBean each : collectors) {
            total += each.getCollectionCount();
        }
        return total;
    }

    /** The less room is left, the more likely is a collection within a window. Where none can be forced, none may come by itself either. */
    void makeRoom() {
        try {
            collector.collect();
        } catch (CollectionNotConfirmedException withoutIt) {
            // Then the count may be inexact, and says so.
        }
    }

    /**
     * Reads windows in which this thread does nothing but read the heap, one after the other.
     *
     * @param pauses how long to wait in each of them, in nanoseconds
     * @return those that no collection disturbed, and that began and ended with texts of the same length
     */
    List<EmptyWindow> emptyWindows(long... pauses) {
        makeRoom();
        long collectionsBefore = collections();
        String[] texts = new String[pauses.length + 1];
        long[] bytes = new long[pauses.length];
        texts[0] = text();
        for (int i = 0; i < pauses.length; i++) {
            if (pauses[i] > 0) {
                LockSupport.parkNanos(pauses[i]);
            }
            long atStart = allocated();
            texts[i + 1] = text();
            bytes[i] = allocated() - atStart;
        }
        boolean collected = collections() != collectionsBefore;
        List<EmptyWindow> windows = new ArrayList<>();
        for (int i = 0; i < pauses.length && !collected; i++) {
            if (texts[i].length() == texts[i + 1].length()) {
                windows.add(new EmptyWindow(parsed(texts[i + 1]).minus(parsed(texts[i])), bytes[i], pauses[i]));
            }
        }
        return windows;
    }

    /**
     * What a window shows in which this thread only read the heap.
     *
     * @param seen what a histogram saw more of at its end
     * @param bytes what reading took this thread
     * @param pause how long it was longer than reading takes, in nanoseconds
     */
    record EmptyWindow(Census seen, long bytes, long pause) {}
}
