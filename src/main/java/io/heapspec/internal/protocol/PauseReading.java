package io.heapspec.internal.protocol;

import io.heapspec.internal.trace.PauseTrace;
import io.heapspec.result.GcPause;
import java.util.List;

/**
 * What two witnesses say of the time in which a test's body ran.
 *
 * @param missing why there is no trace; empty if there is one
 * @param pauses the trace: every pause it has, in order
 * @param fenced whether the trace has a collection that came after all of these, so that none before is missing
 * @param askedBy the trace: where {@code System.gc()} was called first; empty if it was not
 * @param counted the counters: how many pauses
 * @param allocatedBytes the counters: what the thread allocated
 */
record PauseReading(
        String missing,
        List<GcPause> pauses,
        boolean fenced,
        List<StackTraceElement> askedBy,
        long counted,
        long allocatedBytes) {

    /** A reading without a trace so far. */
    static PauseReading ofCounters(long counted, long allocatedBytes) {
        return new PauseReading("", List.of(), false, List.of(), counted, allocatedBytes);
    }

    PauseReading with(PauseTrace trace) {
        return with(trace.pauses(), trace.hasALaterOne(), trace.askedBy());
    }

    PauseReading with(List<GcPause> traced, boolean hasALaterOne, List<StackTraceElement> asked) {
        return new PauseReading("", traced, hasALaterOne, asked, counted, allocatedBytes);
    }

    /** @param why in a form that follows a colon */
    PauseReading untraced(String why) {
        return new PauseReading(why, List.of(), false, List.of(), counted, allocatedBytes);
    }
}
