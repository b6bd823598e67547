package io.heapspec.result;

/**
 * Why a verdict is what it is.
 *
 * @since 0.1
 */
public enum Reason {
    /** Passed: nothing grew in the first run. No repetition was needed. */
    NO_GROWTH(Verdict.PASSED),
    /** Passed: something grew in the first run and did not when the test was repeated. */
    NOT_REPEATED(Verdict.PASSED),
    /** Passed: something grows, but slower and slower: a cache that is filling up. */
    FILLING(Verdict.PASSED),
    /** Passed: what grows is held through soft references only, and goes when memory is short. */
    SOFT_HELD(Verdict.PASSED),
    /** Passed: what grows is allowed, or tolerated, or not of a kind that is watched. */
    ALLOWED(Verdict.PASSED),
    /** Passed: all that piles up is in the baseline of known leaks. */
    KNOWN_LEAK(Verdict.PASSED),
    /** Passed: the leak that is expected is there, and no other. */
    EXPECTED_LEAK(Verdict.PASSED),
    /** Failed: the leak that is expected is there no more. */
    LEAK_GONE(Verdict.FAILED),
    /** Failed: objects pile up with every run. */
    LEAK(Verdict.FAILED),
    /** Failed: resources are left open with every run, though nothing holds them any more. */
    UNCLOSED(Verdict.FAILED),
    /** Passed: all that was expected to be collected was. */
    COLLECTED(Verdict.PASSED),
    /** Passed: all that was expected to be collected was in the end, though not by the first collection: something let go of it by itself. */
    COLLECTED_LATER(Verdict.PASSED),
    /** Failed: something that was expected to be collected is held. */
    RETAINED(Verdict.FAILED),
    /** Passed: the test allocates no more than its limits, or is paused no more. */
    WITHIN_LIMIT(Verdict.PASSED),
    /** Passed: the test allocates less than its baseline says, which could be recorded anew. */
    IMPROVED(Verdict.PASSED),
    /** Passed: what the test allocates was written into its baseline. */
    RECORDED(Verdict.PASSED),
    /** Failed: the test allocates more than a limit, or than its baseline, or is paused more than a limit. */
    LIMIT_EXCEEDED(Verdict.FAILED),
    /** Failed: the test allocates less than its baseline says, and that is to be exact. */
    BASELINE_TOO_HIGH(Verdict.FAILED),
    /** Failed: the test has no baseline, or none that can be read or written. */
    NO_BASELINE(Verdict.FAILED),
    /** Passed: the class loader that the test ran in was collected. */
    LOADER_COLLECTED(Verdict.PASSED),
    /** Failed: the class loader that the test ran in is still held. */
    LOADER_KEPT(Verdict.FAILED),
    /** Passed: the class loader is kept without the cure, and collected with it. */
    CURED(Verdict.PASSED),
    /** Failed: the class loader is kept with the cure, too. */
    NOT_CURED(Verdict.FAILED),
    /** Failed: the class loader is collected without the cure, too. */
    NOTHING_TO_CURE(Verdict.FAILED),
    /** Passed: the class loader is kept, as was expected. */
    LOADER_KEPT_AS_EXPECTED(Verdict.PASSED),
    /** Failed: the class loader was expected to be kept, and was collected. */
    LOADER_NO_LONGER_KEPT(Verdict.FAILED),
    /** Passed: every thread that was started has ended, or is allowed. */
    NO_THREAD_LEFT(Verdict.PASSED),
    /** Passed: threads were left that ended only when a collection was forced: nobody closed what had started them. */
    ENDED_BY_COLLECTION(Verdict.PASSED),
    /** Failed: threads that were started have not ended. */
    THREAD_LEAK(Verdict.FAILED),
    /** Failed: a thread that was started died of an exception that nobody caught. */
    UNCAUGHT_EXCEPTION(Verdict.FAILED),
    /** Inconclusive: this JVM does not say which virtual threads are left. */
    THREADS_NOT_SEEN(Verdict.INCONCLUSIVE),
    /** Inconclusive: the test allocates more than its baseline, which was recorded on another JDK or with another layout of objects. */
    OTHER_ENVIRONMENT(Verdict.INCONCLUSIVE),
    /** Inconclusive: the witnesses disagree by so much that a limit may be kept or broken. */
    NOT_CERTIFIED(Verdict.INCONCLUSIVE),
    /** Inconclusive: the test failed or was aborted by itself, so it was not judged. */
    TEST_FAILED(Verdict.INCONCLUSIVE),
    /** Inconclusive: something grew, and the test may not or cannot be repeated. */
    COULD_NOT_REPEAT(Verdict.INCONCLUSIVE),
    /** Inconclusive: a repetition did not end before its deadline. */
    DEADLINE(Verdict.INCONCLUSIVE),
    /** Inconclusive: the time or memory for repetitions was spent before the answer was clear. */
    BUDGET_SPENT(Verdict.INCONCLUSIVE),
    /** Inconclusive: no collection can be forced or confirmed in this JVM. */
    NO_CONFIRMED_COLLECTION(Verdict.INCONCLUSIVE),
    /** Inconclusive: growth was confirmed, but there is no heap dump to explain it by. */
    NO_DUMP(Verdict.INCONCLUSIVE),
    /** Inconclusive: growth was confirmed by the histogram, but no strong path to it was found. */
    UNEXPLAINED(Verdict.INCONCLUSIVE),
    /** Inconclusive: this JVM failed a control: a planted leak was missed, or an empty body was accused. */
    CONTROL_FAILED(Verdict.INCONCLUSIVE),
    /** Inconclusive: the test is to be recorded, and Flight Recorder is missing or does not start. */
    NO_TRACE(Verdict.INCONCLUSIVE),
    /** Inconclusive: this JVM lacks what measuring needs. */
    UNSUPPORTED_JVM(Verdict.INCONCLUSIVE);

    private final Verdict verdict;

    Reason(Verdict verdict) {
        this.verdict = verdict;
    }

    /** Returns the verdict this reason leads to. */
    public Verdict verdict() {
        return verdict;
    }
}
