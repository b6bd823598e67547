package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.result.Reason;

/**
 * How often a test may be repeated before what it leaves behind fills the heap. Repetitions of a leak are leaks, too: all of them together may
 * take half of the heap that was free, so that the dump can be read, and each block a third of what is left of that.
 *
 * <p>Not thread-safe.
 */
final class HeapRoom {

    /** How many bytes may be alive, what repetitions left included. */
    private final long mostBytes;

    private long bytesPerRun;

    /** @param first what was alive before the first repetition */
    HeapRoom(Census first) {
        mostBytes = (Runtime.getRuntime().maxMemory() + first.totalBytes()) / 2;
    }

    /** Notes what a block of so many runs left behind, whatever those before did. */
    void noteFirst(int runs, Census before, Census after) {
        bytesPerRun = bytesPerRun(runs, before, after);
    }

    /** Notes what one more block left behind. The least counts: what the first run alone adds is loaded once. */
    void note(int runs, Census before, Census after) {
        bytesPerRun = Math.min(bytesPerRun, bytesPerRun(runs, before, after));
    }

    private static long bytesPerRun(int runs, Census before, Census after) {
        return Math.max(0, after.totalBytes() - before.totalBytes()) / runs;
    }

    /**
     * Returns how many of so many runs the heap has room for.
     *
     * @param least below which the test cannot be judged
     */
    int within(int runs, int least, Census now) throws NotMeasurableException {
        int affordable = affordable(now);
        if (affordable < least) {
            throw new NotMeasurableException(
                    Reason.BUDGET_SPENT,
                    "each run leaves " + bytesPerRun + " B behind, and the heap has no room to repeat it " + least
                            + " times",
                    null);
        }
        return Math.min(runs, affordable);
    }

    /** Returns how many runs may follow. */
    int affordable(Census now) {
        return bytesPerRun == 0 ? Integer.MAX_VALUE : runsOf(bytes(now));
    }

    /** Returns how many bytes more may be alive after what comes next. */
    long bytes(Census now) {
        return Math.max(0, (mostBytes - now.totalBytes()) / 3);
    }

    /** Returns how many runs may follow that together leave at most so many bytes. */
    int affordable(Census now, long bytes) {
        return Math.min(affordable(now), bytesPerRun == 0 ? Integer.MAX_VALUE : runsOf(bytes));
    }

    private int runsOf(long bytes) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, bytes / bytesPerRun));
    }
}
