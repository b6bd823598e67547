package io.heapspec.result;

import org.jspecify.annotations.Nullable;

/**
 * The verdict of {@code @NoClassLoaderLeak} on one test.
 *
 * @param reason why, which also gives the verdict
 * @param detail one sentence for the reader, with what the reason rests on
 * @param cure name of the class that was to let the loader go; empty if there is none
 * @param classes how many classes were loaded in the loader
 * @param chain the retention chain to the loader; null unless it is held
 * @param judgeMillis what judging cost after the test, in milliseconds
 * @since 0.1
 */
public record ClassLoaderJudgement(
        Reason reason,
        String detail,
        String cure,
        int classes,
        @Nullable GcRootPath chain,
        double judgeMillis) {

    /** Returns the verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
