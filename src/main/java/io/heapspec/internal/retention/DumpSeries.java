package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import java.io.IOException;

/** Dumps of one program before the last one, and how many repetitions lie between. Whoever opens one closes it. */
public interface DumpSeries {

    /** Opens the dump before the first repetition. */
    HeapGraph openFirst() throws IOException;

    /** Opens a dump taken between. */
    HeapGraph openMiddle() throws IOException;

    /** Returns how many repetitions there were before the one between. */
    int runsToMiddle();

    /** Returns how many repetitions there were altogether. */
    int runs();
}
