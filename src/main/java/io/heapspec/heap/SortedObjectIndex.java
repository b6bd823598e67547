package io.heapspec.heap;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** All identifiers, sorted: 8 bytes per object, for identifiers that no bitmap fits. */
final class SortedObjectIndex implements ObjectIndex {
    private final long[] ids;

    /** Takes over identifiers that are sorted by {@link Arrays#sort(long[])} and differ from one another. */
    SortedObjectIndex(long[] ids) {
        this.ids = ids;
    }

    @Override
    public int count() {
        return ids.length;
    }

    @Override
    public int indexOf(long id) {
        return Math.max(-1, Arrays.binarySearch(ids, id));
    }

    @Override
    public void forEachId(LongConsumer consumer) {
        for (long id : ids) {
            consumer.accept(id);
        }
    }
}
