package io.heapspec;

import io.heapspec.internal.report.FailureText;
import io.heapspec.internal.report.TestName;
import io.heapspec.result.Reason;
import io.heapspec.result.Verdict;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What a verdict does to its test: nothing if it passed, or failed by itself; it fails where a promise is broken, and what happens to one that
 * could not be judged is configured.
 *
 * @param context the test
 * @param inconclusive what happens where it could not be judged
 */
record Conclusion(ExtensionContext context, Configuration.Inconclusive inconclusive) {

    /** Tells whether there is anything to say to the reader of the test. */
    static boolean isSilent(Reason reason) {
        return switch (reason) {
            case RECORDED, IMPROVED, COLLECTED_LATER, ENDED_BY_COLLECTION -> false;
            default -> reason.verdict() == Verdict.PASSED || reason == Reason.TEST_FAILED;
        };
    }

    /**
     * Publishes the verdict, and throws what becomes the test's result.
     *
     * @throws AssertionFailedError if the promise is broken
     * @throws TestAbortedException if it could not be judged, and that is to abort the test
     */
    void draw(Reason reason, FailureText text) {
        context.publishReportEntry(Map.of("heapspec.verdict", text.headline()));
        if (reason.verdict() == Verdict.PASSED) {
            return;
        } else if (reason.verdict() == Verdict.FAILED) {
            throw pointingAtTest(new AssertionFailedError(text.text(), text.expected(), text.actual()));
        }
        switch (inconclusive) {
            case ABORT -> throw pointingAtTest(new TestAbortedException(text.text()));
            case FAIL -> throw pointingAtTest(new AssertionFailedError(text.text()));
            case REPORT -> {
                // It stands in the report entry and in the results.
            }
        }
    }

    /** Lets the trace start, and end, at the test method, or class: our own frames say nothing to a reader. */
    private <T extends Throwable> T pointingAtTest(T failure) {
        Class<?> testClass = context.getRequiredTestClass();
        failure.setStackTrace(
                context.getTestMethod().map(TestName::traceOf).orElseGet(() -> TestName.traceOf(testClass)));
        return failure;
    }
}
