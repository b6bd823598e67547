package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import java.util.Arrays;

/**
 * The least growth per run that each suspected class has shown. A leak keeps its rate; what fills up falls behind it.
 *
 * <p>An array over all classes, made once: notes taken while counting must not grow themselves.
 */
final class Rates {

    private static final double STEADY = 0.9;

    private final double[] least;

    Rates(int classes) {
        least = new double[classes];
        forget();
    }

    /** Notes what each class grew by in a block. */
    void note(Suspects suspects, int runs, Census before, Census after) {
        for (int id : suspects.piling()) {
            if (id < least.length) {
                least[id] = Math.min(least[id], (double) (after.count(id) - before.count(id)) / runs);
            }
        }
    }

    /** Forgets what was noted: the next block is the first. */
    void forget() {
        Arrays.fill(least, Double.POSITIVE_INFINITY);
    }

    /**
     * Keeps the classes that grew in a block as fast as in every block before, one object more or less.
     *
     * <p>A leak in every run adds a whole number of objects each time; what a block has beyond that is somebody else's. For leaks that do
     * not happen in every run, twice the standard deviation of their number is left to chance.
     */
    Suspects steady(Suspects suspects, Sensitivity sensitivity, int runs, Census before, Census after) {
        // Without a lambda: this runs between two dumps, and what the JVM links one with would be growth in the second.
        int[] piling = suspects.piling();
        int[] kept = new int[piling.length];
        int count = 0;
        for (int id : piling) {
            double rate = id < least.length ? least[id] : Double.POSITIVE_INFINITY;
            double enough = enough(rate, sensitivity, runs);
            if (after.count(id) - before.count(id) >= enough) {
                kept[count++] = id;
            }
        }
        return new Suspects(Arrays.copyOf(kept, count), suspects.stretching());
    }

    /** Returns by how much a class must grow in so many runs to have kept its rate. */
    private static double enough(double rate, Sensitivity sensitivity, int runs) {
        double whole = sensitivity.isEveryRun() && rate >= 1 ? Math.floor(rate) : rate;
        double expected = Double.isInfinite(rate) ? 0 : whole * runs;
        double chance = sensitivity.isEveryRun() ? 1 : 2 * Math.sqrt(expected);
        return Math.max(expected * STEADY - chance, (double) sensitivity.leastGrowth(runs));
    }
}
