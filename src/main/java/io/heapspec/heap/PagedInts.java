package io.heapspec.heap;

import java.util.Arrays;

/**
 * A list of ints that grows without copying what is in it, and so never takes twice its room. Only its first page grows by
 * copying, so that a short list takes little. Not thread-safe while it grows.
 */
final class PagedInts {
    /** A page is 1 MiB: collectors that have regions leave it where it is. */
    private static final int PAGE_SHIFT = 18;

    private static final int PAGE_SIZE = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_SIZE - 1;
    private static final int SMALLEST = 1 << 10;

    private int[][] pages = new int[4][];
    private int[] last = new int[0];
    private int size;

    /** Creates an empty list. */
    PagedInts() {}

    /** Creates a list of zeros. */
    PagedInts(int size) {
        pages = new int[(int) ((size + (long) PAGE_MASK) >>> PAGE_SHIFT)][];
        for (int page = 0; page < pages.length; page++) {
            pages[page] = new int[Math.min(PAGE_SIZE, size - (page << PAGE_SHIFT))];
        }
        this.size = size;
    }

    void add(int value) {
        int at = size & PAGE_MASK;
        if (at >= last.length || at == 0) {
            last = room(size >>> PAGE_SHIFT);
        }
        last[at] = value;
        size++;
    }

    private int[] room(int page) {
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, page * 2);
        }
        boolean first = page == 0;
        int length = !first ? PAGE_SIZE : Math.min(PAGE_SIZE, Math.max(SMALLEST, last.length * 2));
        return pages[page] = first ? Arrays.copyOf(last, length) : new int[length];
    }

    int get(int i) {
        return pages[i >>> PAGE_SHIFT][i & PAGE_MASK];
    }

    void set(int i, int value) {
        pages[i >>> PAGE_SHIFT][i & PAGE_MASK] = value;
    }

    int pageCount() {
        return (int) (size + (long) PAGE_MASK >>> PAGE_SHIFT);
    }

    /** Returns a page itself; the last one may be longer than what is in it. */
    int[] page(int page) {
        return pages[page];
    }

    int size() {
        return size;
    }

    /**
     * Inserts values, without a second list.
     *
     * @param places where the values are to be afterwards, ascending
     */
    void insert(int[] places, int[] values) {
        int from = size - 1;
        for (int i = 0; i < places.length; i++) {
            add(0);
        }
        int to = size - 1;
        for (int i = places.length - 1; i >= 0; i--) {
            while (to > places[i]) {
                set(to--, get(from--));
            }
            set(to--, values[i]);
        }
    }
}
