package io.heapspec.result;

/**
 * What one witness says of a verdict.
 *
 * @param witness who
 * @param agreement whether it agrees
 * @param figures what it saw, or why it saw nothing, for a reader
 * @since 0.1
 */
public record Testimony(Witness witness, Agreement agreement, String figures) {}
