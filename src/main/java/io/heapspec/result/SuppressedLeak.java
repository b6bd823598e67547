package io.heapspec.result;

/**
 * A leak that was found and does not fail its test.
 *
 * @param leak the leak
 * @param fate why it does not
 * @param by what suppressed it, for a reader: a pattern with where it stands, the baseline, or the reason for which it is expected
 * @since 0.1
 */
public record SuppressedLeak(Leak leak, Fate fate, String by) {}
