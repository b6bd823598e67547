package io.heapspec.result;

/**
 * One block of repetitions and how much grew in it.
 *
 * @param runs how often the test ran
 * @param growth objects added of the class that grew most among those still suspected
 * @since 0.1
 */
public record Block(int runs, long growth) {}
