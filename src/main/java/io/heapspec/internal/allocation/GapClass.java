package io.heapspec.internal.allocation;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;

/**
 * The class that gaps between objects are counted as, where they look like objects of the program: {@code int[]}, before JDK 19.
 *
 * @param id its number, or {@link #NONE}
 */
record GapClass(int id) {

    /** No class. */
    static final int NONE = -1;

    static final String NAME = "int[]";

    /** The least size of one. */
    static final long LEAST_ARRAY = 16;

    private static final int FIRST_TO_NAME_GAPS = 19;

    static GapClass of(ClassTable classes) {
        return new GapClass(Runtime.version().feature() < FIRST_TO_NAME_GAPS ? classes.idOf(NAME) : NONE);
    }

    /** Returns how many bytes were counted, gaps and what looks like them left out. */
    long bytesBeside(Census census) {
        return census.totalBytes() - (id == NONE ? 0 : census.bytes(id));
    }
}
