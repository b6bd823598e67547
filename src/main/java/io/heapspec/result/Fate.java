package io.heapspec.result;

/**
 * Why a leak that was found does not fail its test.
 *
 * @since 0.1
 */
public enum Fate {
    /** Its chain matches a pattern of allowed retention. */
    ALLOWED,
    /** Its kind is not watched. */
    NOT_WATCHED,
    /** It grows by no more than is tolerated, or is less severe than what fails a test. */
    TOLERATED,
    /** The test expects it. */
    EXPECTED,
    /** Its fingerprint is in the baseline of known leaks. */
    KNOWN
}
