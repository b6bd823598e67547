package io.heapspec.result;

/**
 * What was found and does not fail its test.
 *
 * @param found what was found
 * @param fate why it does not
 * @param by what suppressed it, for a reader: a pattern with where it stands, the baseline, or the reason for which it is expected
 * @since 0.1
 */
public record SuppressedLeak(Finding found, Fate fate, String by) {}
