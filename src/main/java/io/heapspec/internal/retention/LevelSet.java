package io.heapspec.internal.retention;

import java.util.Arrays;

/**
 * The objects of one level of a search, told in ascending order, which is that of their addresses.
 *
 * <p>A bit for each object, and a bit above for each word of them, so that a level of few objects costs little in a large graph: a list
 * of 100,000 links has as many levels.
 */
final class LevelSet {

    private final long[] words;
    private final long[] filled;
    private boolean empty = true;

    LevelSet(int objects) {
        words = new long[(objects >>> 6) + 1];
        filled = new long[(words.length >>> 6) + 1];
    }

    boolean isEmpty() {
        return empty;
    }

    void add(int object) {
        int word = object >>> 6;
        words[word] |= 1L << object;
        filled[word >>> 6] |= 1L << word;
        empty = false;
    }

    /** Copies the next objects, from {@code from} on, for which there is room; returns how many these are, 0 at the end. */
    int collect(int from, int[] room) {
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

    void clear() {
        for (int word = next(0); word >= 0; word = next(word + 1)) {
            words[word] = 0;
        }
        Arrays.fill(filled, 0);
        empty = true;
    }
}
