package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;

/** What survives a full collection, counted by class. */
interface LiveSet {

    /**
     * Collects, confirms that it did, and counts.
     *
     * @throws NotMeasurableException if no collection can be confirmed, or nothing be counted
     */
    Census count() throws NotMeasurableException;

    /**
     * Collects and confirms that it did, without counting.
     *
     * @throws NotMeasurableException if no collection can be confirmed
     */
    void collect() throws NotMeasurableException;
}
