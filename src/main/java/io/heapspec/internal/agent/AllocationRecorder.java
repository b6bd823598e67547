package io.heapspec.internal.agent;

import org.jspecify.annotations.Nullable;

/**
 * Counts the allocations that instrumented code reports, by site and class. A copy of it is on the bootstrap class path, since the JDK's own
 * code reports, too.
 *
 * <p>Reporting allocates nothing and calls nothing that is instrumented itself, except where a class is seen at a site for the first time: then
 * the stack is kept, and what that takes is not counted. A site is a line of code outside the JDK; what the JDK allocates belongs to the line that
 * called it.
 *
 * <p>Threads report beside each other, each to a lane of its own. Only one recording runs at a time in a JVM.
 */
public final class AllocationRecorder {

    /** The kinds of types: no array, and arrays by what their elements are. A type's number ends in its kind. */
    public static final int KIND_BITS = 3;

    public static final int PLAIN = 0;
    public static final int BYTES = 1;
    public static final int SHORTS = 2;
    public static final int INTS = 3;
    public static final int LONGS = 4;
    public static final int REFERENCES = 5;

    /** A site's lower half is its line, its upper half the number of its method. */
    public static final int LINE_BITS = 16;

    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    // Not volatile: these are read with each allocation, and the thread that is recorded is the one that writes them.
    private static boolean recording;
    private static Lane main = new Lane(null);

    private static volatile Lane[] others = new Lane[0];
    private static int[] headers = new int[0];
    private static int[] shifts = new int[0];
    private static int alignment = 1;

    private AllocationRecorder() {}

    /**
     * Begins to record; the calling thread is the one whose reports are quickest.
     *
     * @param headersOfArrays offset of the first element, by kind
     * @param shiftsOfElements logarithm of an element's size, by kind
     * @param objectAlignment what sizes are rounded up to
     */
    public static void start(int[] headersOfArrays, int[] shiftsOfElements, int objectAlignment) {
        headers = headersOfArrays.clone();
        shifts = shiftsOfElements.clone();
        alignment = objectAlignment;
        others = new Lane[64];
        main = new Lane(Thread.currentThread());
        recording = true;
    }

    /**
     * Ends recording.
     *
     * @return for each thread its {@code Thread}, and arrays of the same length: {@code long[]} of site and type, {@code long[]} objects,
     *     {@code long[]} bytes of arrays, {@code Throwable[]} stacks, {@code Class[]} classes of the types with negative numbers
     */
    public static Object[][] stop() {
        recording = false;
        Lane first = main;
        Lane[] rest = others;
        main = new Lane(null);
        others = new Lane[0];
        int count = 1;
        for (Lane lane : rest) {
            count += lane == null ? 0 : 1;
        }
        Object[][] all = new Object[count][];
        int next = 0;
        all[next++] = first.contents();
        for (Lane lane : rest) {
            if (lane != null) {
                all[next++] = lane.contents();
            }
        }
        return all;
    }

    /** Notes the line that runs now, as the number of its method and its own: a site is both in one. */
    public static void at(int method, int line) {
        back(method << LINE_BITS | line);
    }

    /** Notes that the line runs again that called what returns. */
    public static void back(int site) {
        Lane lane = main;
        if (lane.owner == Thread.currentThread()) {
            lane.site = site;
        } else if (recording) {
            laneOf(Thread.currentThread()).site = site;
        }
    }

    /** Returns the line that runs now, for {@link #back} when the method that is entered returns. */
    public static int site() {
        Lane lane = main;
        if (lane.owner == Thread.currentThread()) {
            return lane.site;
        }
        return recording ? laneOf(Thread.currentThread()).site : 0;
    }

    /** Counts an object. */
    public static void made(int type) {
        Lane lane = lane();
        if (lane != null) {
            lane.add(type, 0);
        }
    }

    /** Counts an array that is about to be made; a negative length makes none. */
    public static void madeArray(int length, int type) {
        Lane lane = lane();
        if (lane != null && length >= 0) {
            lane.add(type, sizeOfArray(length, type & KIND_MASK));
        }
    }

    /** Counts an object, or an array, of which only its class says what it is. */
    public static void madeOf(@Nullable Object made) {
        Lane lane = lane();
        if (lane != null && made != null) {
            lane.addOf(made);
        }
    }

    /** Counts an array and the arrays in it. */
    public static void madeAll(@Nullable Object made) {
        madeOf(made);
        if (made instanceof Object[] elements) {
            for (Object element : elements) {
                if (element == null) {
                    return;
                }
                madeAll(element);
            }
        }
    }

    private static long sizeOf(Object made) {
        if (made instanceof byte[] array) {
            return sizeOfArray(array.length, BYTES);
        } else if (made instanceof Object[] array) {
            return sizeOfArray(array.length, REFERENCES);
        } else if (made instanceof int[] array) {
            return sizeOfArray(array.length, INTS);
        } else if (made instanceof char[] array) {
            return sizeOfArray(array.length, SHORTS);
        } else if (made instanceof long[] array) {
            return sizeOfArray(array.length, LONGS);
        } else if (made instanceof double[] array) {
            return sizeOfArray(array.length, LONGS);
        } else if (made instanceof float[] array) {
            return sizeOfArray(array.length, INTS);
        } else if (made instanceof short[] array) {
            return sizeOfArray(array.length, SHORTS);
        }
        return made instanceof boolean[] array ? sizeOfArray(array.length, BYTES) : 0;
    }

    private static long sizeOfArray(int length, int kind) {
        long bytes = headers[kind] + ((long) length << shifts[kind]);
        return bytes + alignment - 1 & -alignment;
    }

    private static @Nullable Lane lane() {
        Lane lane = main;
        if (lane.owner == Thread.currentThread()) {
            return lane;
        }
        return recording ? laneOf(Thread.currentThread()) : null;
    }

    private static Lane laneOf(Thread thread) {
        Lane[] known = others;
        int mask = known.length - 1;
        for (int i = System.identityHashCode(thread) & mask; mask > 0 && known[i] != null; i = (i + 1) & mask) {
            if (known[i].owner == thread) {
                return known[i];
            }
        }
        return add(new Lane(thread));
    }

    /** A table is replaced, never changed, so that reading it needs no lock. */
    private static synchronized Lane add(Lane lane) {
        if (!recording) {
            // It was asked for just before the recording ended: the thread is not to be held.
            return lane;
        }
        Lane[] known = others;
        int count = 1;
        for (Lane each : known) {
            count += each == null ? 0 : 1;
        }
        Lane[] next = new Lane[Math.max(64, Integer.highestOneBit(count) << 2)];
        for (Lane each : known) {
            if (each != null) {
                put(next, each);
            }
        }
        put(next, lane);
        others = next;
        return lane;
    }

    private static void put(Lane[] table, Lane lane) {
        int mask = table.length - 1;
        int i = System.identityHashCode(lane.owner) & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        table[i] = lane;
    }

    /** What one thread reports. */
    private static final class Lane {

        private static final int WIDTH = 4;
        private static final int OBJECTS = 1;
        private static final int ARRAY_BYTES = 2;

        /** Where a stack is being kept: what that takes has no key that is known. */
        private static final int NOWHERE = -1;

        private final @Nullable Thread owner;
        private int site;

        /** Rows of key, objects, and bytes of arrays; no key is 0. */
        private long[] table = new long[WIDTH << 10];

        private Throwable[] stacks = new Throwable[1 << 10];
        private int used;
        private Class<?>[] classes = new Class<?>[1 << 6];
        private int classCount;

        Lane(@Nullable Thread owner) {
            this.owner = owner;
        }

        void add(int type, long size) {
            long key = (long) site << 32 | type & 0xffffffffL;
            long[] rows = table;
            int at = start(key, rows.length);
            if (rows[at] != key) {
                at = find(key, at);
                if (at < 0) {
                    return;
                }
                rows = table;
            }
            rows[at + OBJECTS]++;
            rows[at + ARRAY_BYTES] += size;
        }

        void addOf(Object made) {
            if (site != NOWHERE) {
                add(-1 - indexOf(made.getClass()), sizeOf(made));
            }
        }

        private static int start(long key, int length) {
            return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & length - WIDTH;
        }

        /** Returns the row of a key, a new one if need be; -1 where nothing is counted. */
        private int find(long key, int start) {
            int at = start;
            while (table[at] != 0) {
                at = at + WIDTH & table.length - WIDTH;
                if (table[at] == key) {
                    return at;
                }
            }
            return site == NOWHERE ? -1 : addRow(key, at);
        }

        private int addRow(long key, int free) {
            int here = site;
            site = NOWHERE;
            int at = free;
            if (++used * 2 * WIDTH > table.length) {
                grow();
                at = freeRow(key);
            }
            table[at] = key;
            stacks[at / WIDTH] = new Throwable();
            site = here;
            return at;
        }

        private int freeRow(long key) {
            int at = start(key, table.length);
            while (table[at] != 0) {
                at = at + WIDTH & table.length - WIDTH;
            }
            return at;
        }

        private void grow() {
            long[] rows = table;
            Throwable[] oldStacks = stacks;
            table = new long[rows.length * 2];
            stacks = new Throwable[oldStacks.length * 2];
            for (int from = 0; from < rows.length; from += WIDTH) {
                if (rows[from] != 0) {
                    int to = freeRow(rows[from]);
                    System.arraycopy(rows, from, table, to, WIDTH);
                    stacks[to / WIDTH] = oldStacks[from / WIDTH];
                }
            }
        }

        private int indexOf(Class<?> type) {
            for (int i = 0; i < classCount; i++) {
                if (classes[i] == type) {
                    return i;
                }
            }
            if (classCount == classes.length) {
                Class<?>[] longer = new Class<?>[classCount * 2];
                System.arraycopy(classes, 0, longer, 0, classCount);
                classes = longer;
            }
            classes[classCount] = type;
            return classCount++;
        }

        Object[] contents() {
            int rows = table.length / WIDTH;
            long[] keys = new long[rows];
            long[] objects = new long[rows];
            long[] bytes = new long[rows];
            for (int row = 0; row < rows; row++) {
                keys[row] = table[row * WIDTH];
                objects[row] = table[row * WIDTH + OBJECTS];
                bytes[row] = table[row * WIDTH + ARRAY_BYTES];
            }
            return new Object[] {owner, keys, objects, bytes, stacks, classes};
        }
    }
}
