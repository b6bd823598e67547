package io.heapspec.heap;

import io.heapspec.internal.hprof.HprofFormatException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** All identifiers, sorted as unsigned numbers: 8 bytes per object, for identifiers that no bitmap fits. */
final class SortedObjectIndex implements ObjectIndex {
    private final long[] ids;

    private SortedObjectIndex(long[] ids) {
        this.ids = ids;
    }

    /** Takes over identifiers in any order. */
    static SortedObjectIndex of(long[] ids) throws HprofFormatException {
        for (int i = 0; i < ids.length; i++) {
            ids[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(ids);
        for (int i = 1; i < ids.length; i++) {
            if (ids[i] == ids[i - 1]) {
                throw new HprofFormatException(
                        "object 0x" + Long.toHexString(ids[i] ^ Long.MIN_VALUE) + " is there twice", 0);
            }
        }
        return new SortedObjectIndex(ids);
    }

    @Override
    public int count() {
        return ids.length;
    }

    @Override
    public int indexOf(long id) {
        return Math.max(-1, Arrays.binarySearch(ids, id ^ Long.MIN_VALUE));
    }

    @Override
    public void forEachId(LongConsumer consumer) {
        for (long id : ids) {
            consumer.accept(id ^ Long.MIN_VALUE);
        }
    }
}
