package io.heapspec.internal.allocation;

import com.sun.management.ThreadMXBean;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.result.AllocationProfile;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a body allocates, between two histograms of everything in the heap, garbage included.
 *
 * <p>What taking a histogram leaves behind is measured by an empty window directly before the body's, unless it is known from an earlier one
 * that took as many bytes: two such windows are left the same, unless another thread allocates in one of them. Between the two reads of the
 * thread's counter nothing runs but the body.
 *
 * <p>Needs a collector whose histogram counts garbage: Serial, Parallel and G1. Not thread-safe; one body at a time in a JVM.
 */
public final class AllocationWindow {

    private static final int WARM_UPS = 3;
    private static final int MOST_UNEVEN = 4;
    private static final int MOST_LESSONS = 2;
    private static final int WINDOWS = 3;
    private static final int DELAYS = 4;

    /** More than the header of an array and what it is rounded up by. */
    private static final long MOST_HEADER = 40;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final ClassTable classes = new ClassTable();
    private final Histograms histograms = new Histograms(classes);
    private final Collector collector = new Collector();
    private final OwnResidue residue = new OwnResidue();
    private final Runnable company;
    private boolean warm;
    private long nanosOfBody;
    private boolean seesGarbage;
    /** How many histograms later than usual a reading begins. */
    private int delay;
    /** Readings in succession in which no other thread allocated. */
    private int alone;

    /** Makes a window that knows nothing yet of this JVM. */
    public AllocationWindow() {
        this(() -> {});
    }

    /** @param company runs before each histogram, and lets other threads allocate */
    AllocationWindow(Runnable company) {
        this.company = company;
    }

    /**
     * Runs a body once, and counts.
     *
     * @throws UnsupportedOperationException if this JVM has no class histogram
     * @throws Throwable what the body throws
     */
    public AllocationProfile once(Body body) throws Throwable {
        Settling settling = settling();
        settling.add(measure(body));
        return settling.profile();
    }

    /**
     * Runs a body until two runs in succession allocate the same.
     *
     * @param mostRuns how often the body may run, 2 at least
     * @return what one run allocates, and how far that is certain
     * @throws UnsupportedOperationException if this JVM has no class histogram
     * @throws Throwable what the body throws
     */
    public AllocationProfile settled(Body body, int mostRuns) throws Throwable {
        Settling settling = settling();
        for (int run = 0; run < mostRuns && !settling.isSettled(); run++) {
            settling.add(measure(body));
        }
        return settling.profile();
    }

    /**
     * Runs a body once, and reads what it allocates.
     *
     * @throws UnsupportedOperationException if this JVM has no class histogram
     * @throws Throwable what the body throws
     */
    public Reading measure(Body body) throws Throwable {
        warmUp();
        return read(body);
    }

    /**
     * Runs a body once, and reads by the thread's own counter how many bytes it allocates: which objects that are is not known then.
     *
     * @throws Throwable what the body throws
     */
    public Reading measureBytes(Body body) throws Throwable {
        warmUp();
        long start = System.nanoTime();
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        body.run();
        nanosOfBody = System.nanoTime() - start;
        return Reading.ofBytes(threads.getCurrentThreadAllocatedBytes() - bytesBefore);
    }

    /**
     * Tells whether the histogram of this JVM counts objects that nothing refers to any more. Where it does not, it says little about what was
     * allocated, and takes as long as a collection.
     *
     * @throws UnsupportedOperationException if this JVM has no class histogram
     */
    public boolean seesGarbage() throws Throwable {
        warmUp();
        return seesGarbage;
    }

    /** Returns how long the last body took that was measured, without the measuring. */
    public long nanosOfBody() {
        return nanosOfBody;
    }

    /** Returns a place to put readings of the same body together. */
    public Settling settling() {
        return new Settling(classes);
    }

    /** The first histograms of a JVM load classes, and so do the first reconciliations. */
    private void warmUp() throws Throwable {
        for (int i = 0; !warm && i < WARM_UPS; i++) {
            Reading reading = read(() -> {});
            Settling settling = settling();
            settling.add(reading);
            settling.add(reading);
        }
        if (!warm) {
            seesGarbage = findsGarbage();
        }
        warm = true;
    }

    /** Makes some, and looks for it. A collection that comes between may take it. */
    private boolean findsGarbage() throws Throwable {
        for (int i = 0; i < WARM_UPS; i++) {
            Reading reading = read(Garbage::make);
            int id = classes.idOf(Garbage.class.getName());
            if (id >= 0 && reading.grown().count(id) >= Garbage.MADE) {
                return true;
            } else if (!reading.collected()) {
                return false;
            }
        }
        return false;
    }

    /** From the first histogram to the last, nothing is made but histograms: it would be counted. */
    private Reading read(Body body) throws Throwable {
        makeRoom();
        leaveStep();
        long collectionsBefore = collections();
        long bytesAtStart = threads.getCurrentThreadAllocatedBytes();
        String before = histogram();
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        String first = before;
        boolean known = residue.isCertain(bytesBefore - bytesAtStart);
        // A row more makes the text longer, which is itself on the heap, and the windows uneven.
        for (int i = 0; !known && (i == 0 || i <= MOST_UNEVEN && first.length() != before.length()); i++) {
            first = before;
            bytesAtStart = threads.getCurrentThreadAllocatedBytes();
            before = histogram();
            bytesBefore = threads.getCurrentThreadAllocatedBytes();
        }
        long start = System.nanoTime();
        body.run();
        nanosOfBody = System.nanoTime() - start;
        long bytesAfter = threads.getCurrentThreadAllocatedBytes();
        String after = histogram();
        long bytesAtEnd = threads.getCurrentThreadAllocatedBytes();
        boolean collected = collections() != collectionsBefore;
        long bytesOfEmpty = bytesBefore - bytesAtStart;
        long uneven = Math.abs(first.length() - before.length());
        if (after.length() == before.length()) {
            // The text of the last histogram is in no window, and may have a row more; if not, making it took as much
            // as those before.
            uneven += Math.abs(bytesAtEnd - bytesAfter - bytesOfEmpty);
        }
        Census atBefore = parsed(before);
        Census atAfter = parsed(after);
        Census left = known ? residue.of(bytesOfEmpty) : atBefore.minus(parsed(first));
        if (!known && uneven == 0 && !collected) {
            left = learn(left, bytesOfEmpty);
        }
        Census grown = atAfter.minus(atBefore);
        noteCompany(grown.minus(left), bytesAfter - bytesBefore);
        return new Reading(
                left,
                grown,
                bytesOfEmpty,
                bytesAfter - bytesBefore,
                uneven,
                isOneBuffer(atBefore, atAfter, before),
                before.length(),
                collected);
    }

    /**
     * Learns what a histogram leaves. A thread that is woken by time, or by a collection, may allocate in the first window after each collection,
     * however often one is read: so more are read, one after the other, until one has nothing that is not the histogram's.
     */
    private Census learn(Census empty, long took) {
        Census least = residue.learn(empty, took, GapClass.of(classes));
        for (int lesson = 0; lesson < MOST_LESSONS && !residue.isCertain(took); lesson++) {
            makeRoom();
            long collectionsBefore = collections();
            String[] texts = new String[WINDOWS + 1];
            long[] bytes = new long[WINDOWS + 1];
            texts[0] = histogram();
            for (int i = 1; i <= WINDOWS; i++) {
                long bytesAtStart = threads.getCurrentThreadAllocatedBytes();
                texts[i] = histogram();
                bytes[i] = threads.getCurrentThreadAllocatedBytes() - bytesAtStart;
            }
            boolean collected = collections() != collectionsBefore;
            for (int i = 1; i <= WINDOWS && !collected; i++) {
                if (bytes[i] == took && texts[i - 1].length() == texts[i].length()) {
                    least = residue.learn(parsed(texts[i]).minus(parsed(texts[i - 1])), took, GapClass.of(classes));
                }
            }
        }
        return least;
    }

    private void leaveStep() {
        for (int i = 0; i < delay; i++) {
            histogram();
        }
    }

    /**
     * Another thread that works at intervals may keep step with the readings: after one that it was in, the next begins later. What helped is kept for
     * the reading after that, since only two in succession settle anything.
     */
    private void noteCompany(Census seen, long bytes) {
        boolean moreThanTheThreads = GapClass.of(classes).bytesBeside(seen) > bytes;
        if (moreThanTheThreads) {
            delay = (delay + 1) % DELAYS;
            alone = 0;
        } else if (++alone >= 2) {
            delay = 0;
        }
    }

    private String histogram() {
        company.run();
        try {
            return histograms.allAsText();
        } catch (HistogramUnavailableException e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    private Census parsed(String histogram) {
        try {
            return histograms.parse(histogram);
        } catch (HistogramUnavailableException e) {
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }

    /**
     * Tells whether no allocation buffer was begun: then the heap is as large as before, gaps included, but for the text of a histogram, which
     * may be too large for a buffer.
     */
    private static boolean isOneBuffer(Census before, Census after, String text) {
        long grown = after.totalBytes() - before.totalBytes();
        return grown == 0 || grown >= text.length() && grown < text.length() + MOST_HEADER;
    }

    /** The less room is left, the more likely is a collection within the window. Where none can be forced, none may come by itself either. */
    private void makeRoom() {
        try {
            collector.collect();
        } catch (CollectionNotConfirmedException withoutIt) {
            // Then the count may be inexact, and says so.
        }
    }

    private long collections() {
        long total = 0;
        for (GarbageCollectorMXBean each : collectors) {
            total += each.getCollectionCount();
        }
        return total;
    }

    /** Objects that nothing refers to any more. */
    static final class Garbage {

        static final int MADE = 100;

        static volatile @Nullable Garbage latest;

        static void make() {
            for (int i = 0; i < MADE; i++) {
                latest = new Garbage();
            }
            latest = null;
        }
    }

    /** What is measured. */
    @FunctionalInterface
    public interface Body {
        void run() throws Throwable;
    }
}
