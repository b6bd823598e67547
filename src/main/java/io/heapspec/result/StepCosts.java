package io.heapspec.result;

/**
 * What each step of a verdict cost, in milliseconds.
 *
 * @param screenMillis comparing live state before and after the test
 * @param confirmMillis repeating the test in blocks
 * @param explainMillis dumping and reading the heap
 * @since 0.1
 */
public record StepCosts(double screenMillis, double confirmMillis, double explainMillis) {}
