package io.heapspec.internal.protocol;

/**
 * How many repetitions make a block, and how much must grow in it, for a leak of a given rarity to be caught with 95 % certainty.
 *
 * <p>A leak that happens in a run with probability {@code q} shows in each of {@code K} blocks of {@code N} runs with probability
 * {@code (1 - (1 - q)^N)^K}; {@code N} is the least for which that is 0.95.
 *
 * @param everyNthRun 1 for a leak that happens in every run, 13 for one in 13 runs
 */
record Sensitivity(int everyNthRun) {

    private static final int BLOCKS = 5;
    private static final double CERTAINTY = 0.95;

    boolean isEveryRun() {
        return everyNthRun == 1;
    }

    /** Returns the least number of runs in a block. */
    int leastRuns() {
        if (isEveryRun()) {
            return 1;
        }
        double missedInBlock = 1 - Math.pow(CERTAINTY, 1.0 / BLOCKS);
        return (int) Math.ceil(Math.log(missedInBlock) / Math.log(1 - 1.0 / everyNthRun));
    }

    /**
     * Returns by how much a class must grow in a block of so many runs to stay suspected: by one object in each, but for one, and for one in
     * ten, of its class that others may have let go of in the same block.
     */
    long leastGrowth(int runs) {
        return isEveryRun() ? Math.max(1, runs - Math.max(1, runs / 10)) : 1;
    }

    /** Returns by how much one path must grow between two dumps with so many runs between them to be called a leak. */
    long leastGrowthOfPath(int runs) {
        return isEveryRun() ? runs : Math.max(2, runs / (3L * everyNthRun));
    }
}
