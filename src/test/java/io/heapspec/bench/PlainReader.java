package io.heapspec.bench;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.RecordCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The least that any analysis must do: reads every record and every reference of instances and arrays in file order,
 * and forgets them. It keeps nothing but the layouts of classes, which HotSpot writes before their instances.
 */
final class PlainReader {
    private final Path dump;
    private final Map<Long, ClassDump> classes = new HashMap<>();
    private final Map<Long, int[]> layouts = new HashMap<>();
    private long lastClass;
    private int[] lastLayout = {};

    PlainReader(Path dump) {
        this.dump = dump;
    }

    /** Reads the file once; returns the sum of all references. */
    long read() throws IOException {
        long sum = 0;
        try (HprofBytes bytes = HprofBytes.map(dump)) {
            RecordCursor records = new RecordCursor(bytes);
            HeapRecordCursor heap = new HeapRecordCursor(bytes);
            while (records.next()) {
                if (records.tag() == RecordCursor.HEAP_DUMP_SEGMENT) {
                    heap.enter(records);
                    while (heap.next()) {
                        sum += record(bytes, heap);
                    }
                }
            }
        }
        return sum;
    }

    private long record(HprofBytes bytes, HeapRecordCursor heap) throws IOException {
        return switch (heap.tag()) {
            case HeapRecordCursor.INSTANCE -> instance(bytes, heap);
            case HeapRecordCursor.OBJECT_ARRAY -> array(bytes, heap);
            case HeapRecordCursor.CLASS -> {
                classes.put(heap.id(), ClassDump.read(bytes, heap.position(), heap.end()));
                yield 0;
            }
            default -> 0;
        };
    }

    private long instance(HprofBytes bytes, HeapRecordCursor heap) {
        if (heap.classId() != lastClass) {
            lastClass = heap.classId();
            lastLayout = layouts.computeIfAbsent(lastClass, id -> layout(bytes, id));
        }
        long sum = 0;
        long fields = heap.position() + 9 + 2L * bytes.idSize();
        for (int offset : lastLayout) {
            sum += bytes.id(fields + offset);
        }
        return sum;
    }

    private static long array(HprofBytes bytes, HeapRecordCursor heap) {
        long sum = 0;
        long at = heap.position() + 9 + 2L * bytes.idSize();
        for (long end = at + heap.length() * bytes.idSize(); at < end; at += bytes.idSize()) {
            sum += bytes.id(at);
        }
        return sum;
    }

    private int[] layout(HprofBytes bytes, long classId) {
        int[] offsets = new int[64];
        int count = 0;
        int offset = 0;
        for (ClassDump c = classes.get(classId); c != null; c = classes.get(c.superId())) {
            for (int i = 0; i < c.fieldCount(); i++) {
                int type = bytes.u1(c.fields() + i * (bytes.idSize() + 1L) + bytes.idSize());
                if (type == BasicType.OBJECT) {
                    offsets = count < offsets.length ? offsets : Arrays.copyOf(offsets, count * 2);
                    offsets[count++] = offset;
                }
                offset += BasicType.width(type, bytes.idSize());
            }
        }
        return Arrays.copyOf(offsets, count);
    }
}
