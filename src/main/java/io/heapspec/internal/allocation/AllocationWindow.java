package io.heapspec.internal.allocation;

import io.heapspec.internal.allocation.Company.Share;
import io.heapspec.internal.allocation.HeapReader.EmptyWindow;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.result.AllocationProfile;
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
    private static final int DELAYS = 4;

    /** More than the header of an array and what it is rounded up by. */
    private static final long MOST_HEADER = 40;

    private final ClassTable classes = new ClassTable();
    private final HeapReader heap;
    private final OwnResidue residue = new OwnResidue();
    private final Company company = new Company();
    private boolean warm;
    private long nanosOfBody;
    private boolean seesGarbage;
    /** How many histograms later than usual a reading begins. */
    private int delay;
    /** Readings in succession in which no other thread allocated. */
    private int alone;
    /** Readings with another thread's allocations since there were two in succession without. */
    private int accompanied;

    /** Makes a window that knows nothing yet of this JVM. */
    public AllocationWindow() {
        this(() -> {});
    }

    /** @param beforeEach runs before each histogram, and lets other threads allocate */
    AllocationWindow(Runnable beforeEach) {
        heap = new HeapReader(classes, beforeEach);
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
        long bytesBefore = heap.allocated();
        body.run();
        nanosOfBody = System.nanoTime() - start;
        return Reading.ofBytes(heap.allocated() - bytesBefore);
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
        heap.makeRoom();
        leaveStep();
        long collectionsBefore = heap.collections();
        long bytesAtStart = heap.allocated();
        String before = heap.text();
        long bytesBefore = heap.allocated();
        String first = before;
        boolean known = residue.isCertain(bytesBefore - bytesAtStart);
        // A row more makes the text longer, which is itself on the heap, and the windows uneven.
        for (int i = 0; !known && (i == 0 || i <= MOST_UNEVEN && first.length() != before.length()); i++) {
            first = before;
            bytesAtStart = heap.allocated();
            before = heap.text();
            bytesBefore = heap.allocated();
        }
        long start = System.nanoTime();
        body.run();
        nanosOfBody = System.nanoTime() - start;
        long bytesAfter = heap.allocated();
        String after = heap.text();
        long bytesAtEnd = heap.allocated();
        boolean collected = heap.collections() != collectionsBefore;
        long bytesOfEmpty = bytesBefore - bytesAtStart;
        long uneven = Math.abs(first.length() - before.length());
        if (after.length() == before.length()) {
            // The text of the last histogram is in no window, and may have a row more; if not, making it took as much
            // as those before.
            uneven += Math.abs(bytesAtEnd - bytesAfter - bytesOfEmpty);
        }
        Census atBefore = heap.parsed(before);
        Census atAfter = heap.parsed(after);
        Census left = known ? residue.of(bytesOfEmpty) : atBefore.minus(heap.parsed(first));
        if (!known && uneven == 0 && !collected) {
            left = learn(left, bytesOfEmpty);
        }
        Census grown = atAfter.minus(atBefore);
        long bytes = bytesAfter - bytesBefore;
        boolean oneBuffer = isOneBuffer(atBefore, atAfter, before);
        Share share = shareOfCompany(grown.minus(left), bytes, oneBuffer);
        uneven += share.uncertain();
        grown = grown.minus(share.strangers());
        noteCompany(grown.minus(left), bytes);
        return new Reading(left, grown, bytesOfEmpty, bytes, uneven, oneBuffer, before.length(), collected);
    }

    /**
     * Learns what a histogram leaves. A thread that is woken by time, or by a collection, may allocate in the first window after each collection,
     * however often one is read: so more are read, one after the other, until one has nothing that is not the histogram's. Nothing of a class of its
     * own is held meanwhile: it would be a row in the histogram, and make its text longer than those it is compared with.
     */
    private Census learn(Census empty, long took) {
        Census least = residue.learn(empty, took, GapClass.of(classes), company);
        for (int lesson = 0; lesson < MOST_LESSONS && !residue.isCertain(took); lesson++) {
            observeCompany();
            for (EmptyWindow window : heap.emptyWindows(0, 0, 0)) {
                if (window.bytes() == took) {
                    least = residue.learn(window.seen(), took, GapClass.of(classes), company);
                }
            }
        }
        return least;
    }

    /**
     * Returns what a window has of other threads, as far as the bytes of this one tell. What no class but that of gaps accounts for may be arrays of
     * that class, which cannot be told from company then; and where a buffer was begun, what looks like an array may be a gap.
     */
    private Share shareOfCompany(Census seen, long bytes, boolean oneBuffer) {
        GapClass gaps = GapClass.of(classes);
        long arrays = gaps.id() == GapClass.NONE ? 0 : seen.count(gaps.id());
        long beside = gaps.bytesBeside(seen);
        return company.shareOf(seen, strangers -> {
            long rest = bytes - beside + strangers;
            return rest == 0 && (arrays == 0 || !oneBuffer) || arrays > 0 && rest >= arrays * GapClass.LEAST_ARRAY;
        });
    }

    private void observeCompany() {
        company.observe(heap, classes);
        residue.review(GapClass.of(classes), company);
    }

    private void leaveStep() {
        for (int i = 0; i < delay; i++) {
            heap.text();
        }
    }

    /**
     * Another thread that works at intervals may keep step with the readings: after one that it was in, the next begins later. What helped is kept for
     * the reading after that, since only two in succession settle anything.
     */
    private void noteCompany(Census seen, long bytes) {
        // What the body's own threads allocate is in its window only: looking for it elsewhere is in vain, the oftener
        // it was tried.
        boolean moreThanTheThreads = GapClass.of(classes).bytesBeside(seen) > bytes;
        if (moreThanTheThreads) {
            if (Integer.bitCount(++accompanied) == 1) {
                observeCompany();
            }
            delay = (delay + 1) % DELAYS;
            alone = 0;
        } else if (++alone >= 2) {
            delay = 0;
            accompanied = 0;
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
