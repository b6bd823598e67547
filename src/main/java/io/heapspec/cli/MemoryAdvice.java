package io.heapspec.cli;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.RecordCursor;
import io.heapspec.internal.util.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What to try when memory does not suffice: counts the objects of the largest dump, for which no memory is needed. */
final class MemoryAdvice {
    /** The graph and its dominators take 40, a walk down their tree 8 more; and collectors want half as much again. */
    private static final long BYTES_FOR_AN_OBJECT = (40 + 8) * 3 / 2;

    private static final long STEP = 512L << 20;

    private MemoryAdvice() {}

    static String about(List<Path> dumps) {
        long objects = dumps.stream().mapToLong(MemoryAdvice::objectsIn).max().orElse(0);
        long most = Runtime.getRuntime().maxMemory();
        long wanted = Math.max(objects * BYTES_FOR_AN_OBJECT, most + most / 2);
        long rounded = (wanted + STEP - 1) / STEP * STEP;
        String seen = objects == 0 ? "" : " for a dump of " + Page.counted(objects, "object");
        return "Not enough memory" + seen + ": the heap may grow to " + Bytes.rounded(most) + " only; try java -Xmx"
                + (rounded >> 20) + "m";
    }

    /** Counts, or returns 0 if that fails as well. */
    private static long objectsIn(Path dump) {
        long objects = 0;
        try (HprofBytes bytes = HprofBytes.map(dump)) {
            RecordCursor records = new RecordCursor(bytes);
            HeapRecordCursor heap = new HeapRecordCursor(bytes);
            while (records.next()) {
                if (records.isHeap()) {
                    heap.enter(records);
                    while (heap.next()) {
                        objects += heap.isObject() || heap.tag() == HeapRecordCursor.CLASS ? 1 : 0;
                    }
                    records.leave(heap);
                }
            }
            return objects;
        } catch (IOException | OutOfMemoryError unknown) {
            return objects;
        }
    }
}
