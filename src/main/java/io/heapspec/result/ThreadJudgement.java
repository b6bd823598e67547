package io.heapspec.result;

import java.util.List;

/**
 * The verdict on the threads of one test, or of one test class.
 *
 * @param reason why it is what it is
 * @param detail the reason in words
 * @param threads threads that are left
 * @param uncaught what background threads died of
 * @param endedByCollection threads that ended only when a collection was forced: nobody closed what they work for
 * @param allowed names of threads that are left and allowed, in alphabetical order
 * @param millis what waiting and looking cost
 * @since 0.1
 */
public record ThreadJudgement(
        Reason reason,
        String detail,
        List<LeakedThread> threads,
        List<UncaughtException> uncaught,
        List<LeakedThread> endedByCollection,
        List<String> allowed,
        double millis) {

    public ThreadJudgement {
        threads = List.copyOf(threads);
        uncaught = List.copyOf(uncaught);
        endedByCollection = List.copyOf(endedByCollection);
        allowed = List.copyOf(allowed);
    }

    /** Returns the verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
