package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import org.jspecify.annotations.Nullable;

/** What survives a full collection, counted by class. */
interface LiveSet {

    /**
     * Collects, confirms that it did, and counts.
     *
     * @throws NotMeasurableException if no collection can be confirmed, or nothing be counted
     */
    Census count() throws NotMeasurableException;

    /**
     * Counts what is reachable, if only weakly, without collecting: all that is alive and perhaps more. What did not grow by this count did
     * not grow.
     *
     * @return null where a count cannot tell garbage from what is reachable without collecting first
     * @throws NotMeasurableException if nothing can be counted
     */
    @Nullable
    Census countReachable() throws NotMeasurableException;

    /**
     * Collects and confirms that it did, without counting.
     *
     * @throws NotMeasurableException if no collection can be confirmed
     */
    void collect() throws NotMeasurableException;

    /**
     * Counts after a collection that leaves no gap; that may take several collections.
     *
     * @throws NotMeasurableException if no collection can be confirmed, or nothing be counted
     */
    Census countCompact() throws NotMeasurableException;

    /** Tells whether a count may include gaps between objects. */
    boolean mayHaveGaps();

    /** Tells whether the latest count includes no gap. */
    boolean isCompact();
}
