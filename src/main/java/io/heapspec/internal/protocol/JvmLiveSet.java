package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.Compaction;
import io.heapspec.internal.gc.Sentinel;
import io.heapspec.result.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The live set of this JVM.
 *
 * <p>On Serial, Parallel and G1 a live histogram collects by itself, so that counting costs one collection. On concurrent collectors
 * it may not, and then counts what is only weakly reachable; there a collection is forced first. In return, these collectors know no
 * garbage: even without a collection, what nothing refers to is not counted. Which of the two this JVM does is found out by planted
 * objects, not by the collector's name.
 */
final class JvmLiveSet implements LiveSet {

    private static final int PLANTED = 16;
    private static final int MOST_COLLECTIONS = 16;

    private final Histograms histograms;
    private final ClassTable classes;
    private final Collector collector;
    private final Compaction compaction = new Compaction();
    /** Kept until the next, so that there is one whichever way is counted. */
    private Sentinel sentinel = new Sentinel();

    private boolean histogramCollects = true;
    private @Nullable Boolean histogramSeesGarbage;

    JvmLiveSet(Histograms histograms, ClassTable classes, Collector collector) {
        this.histograms = histograms;
        this.classes = classes;
        this.collector = collector;
    }

    @Override
    public Census count() throws NotMeasurableException {
        if (histogramCollects) {
            sentinel = new Sentinel();
            Census census = live();
            if (sentinel.isCollected()) {
                return census;
            }
            histogramCollects = false;
        }
        collect();
        return live();
    }

    @Override
    public @Nullable Census countReachable() throws NotMeasurableException {
        Boolean seesGarbage = histogramSeesGarbage;
        if (seesGarbage == null) {
            seesGarbage = histogramSeesGarbage = seesGarbage();
        }
        return seesGarbage ? null : all();
    }

    /** Plants garbage, and tells whether it is counted. */
    private boolean seesGarbage() throws NotMeasurableException {
        Object[] planted = new Object[PLANTED];
        Arrays.setAll(planted, i -> new Garbage());
        Arrays.fill(planted, null);
        Census census = all();
        int id = classes.idOf(Garbage.class.getName());
        return id >= 0 && census.count(id) > 0;
    }

    @Override
    public void collect() throws NotMeasurableException {
        try {
            collector.collect();
        } catch (CollectionNotConfirmedException e) {
            throw new NotMeasurableException(Reason.NO_CONFIRMED_COLLECTION, e.getMessage(), e);
        }
    }

    @Override
    public Census countCompact() throws NotMeasurableException {
        for (int attempt = 0; attempt < MOST_COLLECTIONS && !compaction.isNextComplete(); attempt++) {
            collect();
        }
        return count();
    }

    @Override
    public boolean mayHaveGaps() {
        return compaction.mayLeaveGaps();
    }

    @Override
    public boolean isCompact() {
        return compaction.isComplete();
    }

    private Census live() throws NotMeasurableException {
        try {
            return histograms.live();
        } catch (HistogramUnavailableException e) {
            throw none(e);
        }
    }

    private Census all() throws NotMeasurableException {
        try {
            return histograms.all();
        } catch (HistogramUnavailableException e) {
            throw none(e);
        }
    }

    private static NotMeasurableException none(HistogramUnavailableException e) {
        return new NotMeasurableException(Reason.UNSUPPORTED_JVM, e.getMessage(), e);
    }

    private static final class Garbage {}
}
