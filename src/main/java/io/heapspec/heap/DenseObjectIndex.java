package io.heapspec.heap;

import java.util.function.LongConsumer;

/**
 * One bit per 8 bytes of address space, in one array, with the rank of each word beside its bits: for a heap without
 * large holes, which is the usual one. A look-up takes one load.
 */
final class DenseObjectIndex implements ObjectIndex {
    private static final int WORD_SHIFT = 8;

    private final long base;
    private final long[] words;
    private final int count;

    /**
     * Creates an index.
     *
     * @param base the address that the first bit stands for
     * @param words of 256 bytes of address space each: in the low half one bit per possible object, in the high half the
     *     number of objects before
     */
    DenseObjectIndex(long base, long[] words, int count) {
        this.base = base;
        this.words = words;
        this.count = count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int indexOf(long id) {
        long at = id - base >>> WORD_SHIFT;
        if (at >= words.length) {
            return -1;
        }
        return BitmapObjectIndex.rank(words[(int) at], id);
    }

    @Override
    public void forEachId(LongConsumer consumer) {
        BitmapObjectIndex.forEachId(words, base, consumer);
    }
}
