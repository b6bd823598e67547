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
        long word = words[(int) at];
        int bit = 1 << (int) (id >>> 3);
        if (((int) word & bit) == 0 || (id & 7) != 0) {
            return -1;
        }
        return (int) (word >>> 32) + Integer.bitCount((int) word & bit - 1);
    }

    @Override
    public void forEachId(LongConsumer consumer) {
        for (int w = 0; w < words.length; w++) {
            long first = base + ((long) w << WORD_SHIFT);
            for (int bits = (int) words[w]; bits != 0; bits &= bits - 1) {
                consumer.accept(first | (long) Integer.numberOfTrailingZeros(bits) << 3);
            }
        }
    }
}
