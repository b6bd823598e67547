package io.heapspec.internal.retention;

import java.util.Arrays;

/** Numbers of objects, without boxes. */
final class Ints {

    private int[] values = new int[64];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return values[index];
    }

    /** Takes the last ones off, as many as there is room for; returns how many these are. */
    int take(int[] room) {
        int count = Math.min(size, room.length);
        size -= count;
        System.arraycopy(values, size, room, 0, count);
        return count;
    }
}
