package io.heapspec.internal.census;

import java.util.stream.IntStream;

/** A few objects of a few classes, as what one census has more than another: kept for long, so it takes no room for all other classes. */
public final class Residue {

    /** No object at all. */
    public static final Residue NONE = new Residue(new int[0], new long[0], new long[0]);

    private final int[] ids;
    private final long[] counts;
    private final long[] bytes;

    private Residue(int[] ids, long[] counts, long[] bytes) {
        this.ids = ids;
        this.counts = counts;
        this.bytes = bytes;
    }

    /** Returns what a census counts. */
    public static Residue of(Census census) {
        int[] ids = IntStream.range(0, census.limit())
                .filter(id -> census.count(id) > 0)
                .toArray();
        return new Residue(
                ids,
                IntStream.of(ids).mapToLong(census::count).toArray(),
                IntStream.of(ids).mapToLong(census::bytes).toArray());
    }

    /** Returns the same as a census. */
    public Census asCensus() {
        int limit = ids.length == 0 ? 0 : ids[ids.length - 1] + 1;
        long[] allCounts = new long[limit];
        long[] allBytes = new long[limit];
        for (int i = 0; i < ids.length; i++) {
            allCounts[ids[i]] = counts[i];
            allBytes[ids[i]] = bytes[i];
        }
        return new Census(allCounts, allBytes);
    }
}
