package io.heapspec.result;

/**
 * How a promise about a test's memory ended.
 *
 * @since 0.1
 */
public enum Verdict {
    /** The promise holds, within the sensitivity that the result states. */
    PASSED,
    /** The promise is broken, and that was reproduced. */
    FAILED,
    /** It could not be measured here. Never a silent pass: the reason says why. */
    INCONCLUSIVE
}
