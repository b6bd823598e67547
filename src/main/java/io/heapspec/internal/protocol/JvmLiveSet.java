package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.Sentinel;
import io.heapspec.result.Reason;

/**
 * The live set of this JVM.
 *
 * <p>On Serial, Parallel and G1 a live histogram collects by itself, so that counting costs one collection. On concurrent collectors
 * it does not, and still counts what is only weakly reachable; there a collection is forced first. Which of the two this JVM does is
 * found out by a sentinel, not by the collector's name.
 */
final class JvmLiveSet implements LiveSet {

    private final Histograms histograms;
    private final Collector collector;
    private boolean histogramCollects = true;

    JvmLiveSet(Histograms histograms, Collector collector) {
        this.histograms = histograms;
        this.collector = collector;
    }

    @Override
    public Census count() throws NotMeasurableException {
        if (histogramCollects) {
            Sentinel sentinel = new Sentinel();
            Census census = read();
            if (sentinel.isCollected()) {
                return census;
            }
            histogramCollects = false;
        }
        collect();
        return read();
    }

    @Override
    public void collect() throws NotMeasurableException {
        try {
            collector.collect();
        } catch (CollectionNotConfirmedException e) {
            throw new NotMeasurableException(Reason.NO_CONFIRMED_COLLECTION, e.getMessage(), e);
        }
    }

    private Census read() throws NotMeasurableException {
        try {
            return histograms.live();
        } catch (HistogramUnavailableException e) {
            throw new NotMeasurableException(Reason.UNSUPPORTED_JVM, e.getMessage(), e);
        }
    }
}
