package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.result.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats a test in blocks and counts the live set after each.
 *
 * <p>The last run of a block follows a collection of its own: it flushes what the runs before left behind (stale weak entries, thread
 * locals, pooled objects), so that every count is taken in the same state, one run after a collection.
 */
final class Blocks {

    private final Repeater repeater;
    private final LiveSet liveSet;
    private final List<Block> record = new ArrayList<>();
    private Census last;

    Blocks(Repeater repeater, LiveSet liveSet, Census first) {
        this.repeater = repeater;
        this.liveSet = liveSet;
        this.last = first;
    }

    /** Runs one block. */
    void run(int runs) throws NotMeasurableException {
        if (runs > 1) {
            repeater.run(runs - 1);
            liveSet.collect();
        }
        repeater.run(1);
        recount();
    }

    /** Counts again, without a run: what was on its way out may be gone now. */
    void recount() throws NotMeasurableException {
        last = liveSet.count();
    }

    /** Notes how much a block grew. */
    void note(int runs, long growth) {
        record.add(new Block(runs, growth));
    }

    Census last() {
        return last;
    }

    List<Block> record() {
        return record;
    }

    Repeater repeater() {
        return repeater;
    }
}
