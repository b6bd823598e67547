package io.heapspec.result;

/**
 * How many objects of one class are part of something.
 *
 * @param className the class as Java source writes it; lambdas and hidden classes without their numbers
 * @param objects how many
 * @param bytes their shallow sizes together
 * @since 0.1
 */
public record ClassFootprint(String className, long objects, long bytes) {}
