package io.heapspec.result;

import java.util.List;

/**
 * The verdict on objects that were expected to be collected.
 *
 * @param reason why, which also gives the verdict
 * @param detail one sentence for the reader
 * @param watched how many objects and classes were watched
 * @param retained what is alive, in the order in which it was watched; empty unless the verdict is failed
 * @param judgeMillis what judging cost, in milliseconds
 * @since 0.1
 */
public record WatchJudgement(
        Reason reason, String detail, int watched, List<RetainedObject> retained, double judgeMillis) {

    public WatchJudgement {
        retained = List.copyOf(retained);
    }

    /** Returns the verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
