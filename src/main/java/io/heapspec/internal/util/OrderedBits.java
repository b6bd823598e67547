package io.heapspec.internal.util;

import java.util.Arrays;

/**
 * A set of numbers below a limit, told in ascending order.
 *
 * <p>A bit for each number, and a bit above for each word of them, so that few numbers cost little in a large range: a search along a
 * list of 100,000 links has as many levels, of one object each. Not thread-safe.
 *
 * @since 0.1
 */
public final class OrderedBits {

    private final long[] words;
    private final long[] filled;
    private boolean empty = true;

    /** Creates an empty set of numbers from 0 to {@code limit - 1}. */
    public OrderedBits(int limit) {
        words = new long[(limit >>> 6) + 1];
        filled = new long[(words.length >>> 6) + 1];
    }

    /** Tells whether there is none. */
    public boolean isEmpty() {
        return empty;
    }

    /** Adds a number. */
    public void add(int number) {
        int word = number >>> 6;
        words[word] |= 1L << number;
        filled[word >>> 6] |= 1L << word;
        empty = false;
    }

    /** Copies the next numbers, from {@code from} on, for which there is room; returns how many these are, 0 at the end. */
    public int collect(int from, int[] room) {
        int count = 0;
        long mask = -1L << from;
        for (int word = from >>> 6; word >= 0 && count < room.length; word = next(word + 1)) {
            for (long bits = words[word] & mask; bits != 0 && count < room.length; bits &= bits - 1) {
                room[count++] = word << 6 | Long.numberOfTrailingZeros(bits);
            }
            mask = -1L;
        }
        return count;
    }

    /** Returns the first word from {@code from} on that has an object, or -1. */
    private int next(int from) {
        int block = from >>> 6;
        if (block >= filled.length) {
            return -1;
        }
        long bits = filled[block] & -1L << from;
        while (bits == 0) {
            if (++block == filled.length) {
                return -1;
            }
            bits = filled[block];
        }
        return block << 6 | Long.numberOfTrailingZeros(bits);
    }

    /** Removes all; takes as long as there are words with numbers. */
    public void clear() {
        for (int word = next(0); word >= 0; word = next(word + 1)) {
            words[word] = 0;
        }
        Arrays.fill(filled, 0);
        empty = true;
    }
}
