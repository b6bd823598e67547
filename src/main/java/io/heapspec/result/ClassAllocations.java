package io.heapspec.result;

/**
 * How many objects of one class were allocated.
 *
 * @param className the class as Java source writes it, {@code int[][]}, {@code com.acme.Foo$Bar}; lambdas and hidden classes without their
 *     numbers
 * @param objects how many
 * @param bytes their shallow sizes together
 * @since 0.1
 */
public record ClassAllocations(String className, long objects, long bytes) {}
