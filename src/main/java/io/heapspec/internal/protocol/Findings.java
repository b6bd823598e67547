package io.heapspec.internal.protocol;

import io.heapspec.internal.protocol.LeakDetails.Detailed;
import io.heapspec.internal.protocol.UnclosedSearch.Unclosed;
import io.heapspec.result.Leak;
import io.heapspec.result.Reason;
import io.heapspec.result.SuppressedLeak;
import io.heapspec.result.TraceFindings;
import io.heapspec.result.Verdict;
import java.util.List;

/**
 * What was found of a test.
 *
 * @param detailed what breaks the promise, with all that is known of it
 * @param left what is left open
 * @param suppressed what piles up or is left open, and breaks no promise
 */
record Findings(Detailed detailed, Unclosed left, List<SuppressedLeak> suppressed) {

    static final Findings NONE =
            new Findings(new Detailed(List.of(), 0, "", TraceFindings.NONE), Unclosed.NOTHING, List.of());

    List<Leak> leaks() {
        return detailed.leaks();
    }

    /** Returns the verdict's reason, which is that of the heap unless something is left open. */
    Reason reason(Reason ofTheHeap) {
        if (!leaks().isEmpty()
                || ofTheHeap.verdict() != Verdict.PASSED && left.resources().isEmpty()) {
            return ofTheHeap;
        } else if (!left.resources().isEmpty()) {
            return Reason.UNCLOSED;
        }
        return left.suppressed().isEmpty() ? ofTheHeap : Fates.reason(suppressed);
    }
}
