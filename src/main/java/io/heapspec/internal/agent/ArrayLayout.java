package io.heapspec.internal.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Array;

/**
 * How large arrays are in this JVM, found out by asking it for the sizes of some.
 *
 * @param headers offset of the first element, by kind
 * @param shifts logarithm of an element's size, by kind
 * @param alignment what sizes are rounded up to
 */
record ArrayLayout(int[] headers, int[] shifts, int alignment) {

    private static final Class<?>[] ELEMENTS = {null, byte.class, short.class, int.class, long.class, Object.class};
    private static final int MANY = 1 << 10;

    static ArrayLayout of(Instrumentation instrumentation) {
        int[] shifts = new int[ELEMENTS.length];
        int[] headers = new int[ELEMENTS.length];
        for (int kind = AllocationRecorder.BYTES; kind < ELEMENTS.length; kind++) {
            long longer = size(instrumentation, kind, 2 * MANY) - size(instrumentation, kind, MANY);
            shifts[kind] = Long.numberOfTrailingZeros(longer / MANY);
        }
        int alignment = (int) (nextSize(instrumentation, 0) - size(instrumentation, AllocationRecorder.BYTES, 0));
        for (int kind = AllocationRecorder.BYTES; kind < ELEMENTS.length; kind++) {
            headers[kind] = header(instrumentation, kind, shifts[kind]);
        }
        return new ArrayLayout(headers, shifts, alignment);
    }

    /** The longest array of the least size fills it, to the last element. */
    private static int header(Instrumentation instrumentation, int kind, int shift) {
        long least = size(instrumentation, kind, 0);
        int fitting = 0;
        while (size(instrumentation, kind, fitting + 1) == least) {
            fitting++;
        }
        return (int) (least - ((long) fitting << shift));
    }

    private static long nextSize(Instrumentation instrumentation, int from) {
        int length = from;
        long first = size(instrumentation, AllocationRecorder.BYTES, from);
        while (size(instrumentation, AllocationRecorder.BYTES, length) == first) {
            length++;
        }
        return size(instrumentation, AllocationRecorder.BYTES, length);
    }

    private static long size(Instrumentation instrumentation, int kind, int length) {
        return instrumentation.getObjectSize(Array.newInstance(ELEMENTS[kind], length));
    }
}
