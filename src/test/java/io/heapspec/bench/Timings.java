package io.heapspec.bench;

import java.util.Arrays;

/** Times in milliseconds, and what they have in common. */
final class Timings {

    private Timings() {}

    /** Times one {@code System.gc()}. */
    static double collection() {
        long start = System.nanoTime();
        System.gc();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
