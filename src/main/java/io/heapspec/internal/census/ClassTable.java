package io.heapspec.internal.census;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers the class names seen in histograms.
 *
 * <p>Everything is kept in a few primitive arrays: the table lives on the heap that is being measured, and a map of strings
 * would itself be growth in {@code String}, {@code byte[]} and map nodes whenever a class is loaded.
 *
 * <p>Not thread-safe.
 */
public final class ClassTable {

    private byte[] text = new byte[1 << 18];
    private int[] ends = new int[1 << 13];
    private int[] slots = new int[1 << 14];
    private int size;

    /** Returns how many names are known; ids run from 0 to one less. */
    public int size() {
        return size;
    }

    /** Returns the id of the name in {@code source[from, to)}, giving it the next free id if it is new. */
    int idOf(CharSequence source, int from, int to) {
        int mask = slots.length - 1;
        int slot = hash(source, from, to) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (matches(id, source, from, to)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return add(source, from, to, slot);
    }

    /** Returns the id of a class by the name that {@link #nameOf} gives it, or -1 if it was never seen. */
    public int idOf(String name) {
        for (int id = 0; id < size; id++) {
            if (nameOf(id).equals(name)) {
                return id;
            }
        }
        return -1;
    }

    /** Returns the name with this id as Java source writes it: {@code byte[]}, {@code com.acme.Foo$Bar}. */
    public String nameOf(int id) {
        int start = startOf(id);
        return HistogramNames.inSourceForm(new String(text, start, ends[id] - start, StandardCharsets.ISO_8859_1));
    }

    /** Tells whether the name with this id is that of an array of references. */
    public boolean isReferenceArray(int id) {
        int start = startOf(id);
        return ends[id] - start > 1 && text[start] == '[' && (text[start + 1] == 'L' || text[start + 1] == '[');
    }

    /** Tells whether the name with this id is that of an array. */
    public boolean isArray(int id) {
        return text[startOf(id)] == '[';
    }

    private int add(CharSequence source, int from, int to, int slot) {
        int start = startOf(size);
        int end = start + to - from;
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, text.length * 2));
        }
        for (int i = from; i < to; i++) {
            text[start + i - from] = (byte) source.charAt(i);
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size] = end;
        slots[slot] = ++size;
        if (size * 2 > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(id) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }

    private int startOf(int id) {
        return id == 0 ? 0 : ends[id - 1];
    }

    private boolean matches(int id, CharSequence source, int from, int to) {
        int start = startOf(id);
        if (ends[id] - start != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text[start + i - from] != (byte) source.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(CharSequence source, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + (byte) source.charAt(i);
        }
        return spread(hash);
    }

    private int hash(int id) {
        int hash = 0;
        for (int i = startOf(id); i < ends[id]; i++) {
            hash = 31 * hash + text[i];
        }
        return spread(hash);
    }

    private static int spread(int hash) {
        return (hash ^ (hash >>> 15)) * 0x9E3779B1 >>> 1;
    }
}
