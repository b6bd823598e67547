package io.heapspec.heap;

import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.hprof.RecordCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The first pass over a dump: counts the objects, collects their identifiers, and remembers where everything else is.
 *
 * <p>The contents of objects are skipped. Short-lived: only the index and the class records outlive {@link HeapGraph#open}.
 */
final class DumpScan {
    private final HprofBytes bytes;
    private final BitmapObjectIndex.Builder bitmap;
    private int objects;
    private boolean segmented;
    private boolean ended;
    private boolean anyHeap;

    /** Where each text record begins, by its identifier. */
    final LongTable texts = new LongTable();
    /** The name of each class, by the identifier of its class object. */
    final LongTable classNames = new LongTable();
    /** The class object of each class, by its serial number. */
    final LongTable classSerials = new LongTable();
    /** Where each stack frame begins, by its identifier. */
    final LongTable frames = new LongTable();
    /** Where each stack trace begins, by its serial number. */
    final LongTable stacks = new LongTable();

    final List<ClassDump> classes = new ArrayList<>();
    final RootTable roots = new RootTable();

    private DumpScan(HprofBytes bytes) {
        this.bytes = bytes;
        this.bitmap = new BitmapObjectIndex.Builder(bytes.length());
    }

    static DumpScan of(HprofBytes bytes) throws HprofFormatException {
        DumpScan scan = new DumpScan(bytes);
        RecordCursor records = new RecordCursor(bytes);
        HeapRecordCursor heap = new HeapRecordCursor(bytes);
        while (records.next()) {
            scan.record(records, heap);
        }
        if (scan.segmented && !scan.ended) {
            throw new HprofFormatException("it ends before its last heap segment", bytes.length());
        }
        if (!scan.anyHeap) {
            throw new HprofFormatException("it contains no heap", bytes.length());
        }
        return scan;
    }

    private void record(RecordCursor records, HeapRecordCursor heap) throws HprofFormatException {
        int ids = bytes.idSize();
        long body = records.body();
        switch (records.tag()) {
            case RecordCursor.UTF8 -> {
                records.requireBody(ids);
                texts.put(bytes.id(body), records.position());
            }
            case RecordCursor.LOAD_CLASS -> {
                records.requireBody(8 + 2L * ids);
                classNames.put(bytes.id(body + 4), bytes.id(body + 8 + ids));
                classSerials.put(bytes.u4(body), bytes.id(body + 4));
            }
            case RecordCursor.STACK_FRAME -> {
                records.requireBody(8 + 4L * ids);
                frames.put(bytes.id(body), body);
            }
            case RecordCursor.STACK_TRACE -> stack(records);
            case RecordCursor.HEAP_DUMP, RecordCursor.HEAP_DUMP_SEGMENT -> {
                anyHeap = true;
                segmented |= records.tag() == RecordCursor.HEAP_DUMP_SEGMENT;
                segment(records, heap);
            }
            case RecordCursor.HEAP_DUMP_END -> ended = true;
            default -> {} // statistics of the former HPROF agent, or of a later format
        }
    }

    private void stack(RecordCursor records) throws HprofFormatException {
        records.requireBody(12);
        long frameCount = bytes.u4(records.body() + 8);
        records.requireBody(12 + frameCount * bytes.idSize());
        stacks.put(bytes.u4(records.body()), records.body());
    }

    private void segment(RecordCursor records, HeapRecordCursor heap) throws HprofFormatException {
        heap.enter(records);
        while (heap.next()) {
            int tag = heap.tag();
            if (tag >= HeapRecordCursor.CLASS && tag <= HeapRecordCursor.PRIMITIVE_ARRAY) {
                object(heap);
            } else {
                roots.add(heap);
            }
        }
        if (records.openEnded()) {
            records.continueAt(heap.end());
        }
    }

    private void object(HeapRecordCursor heap) throws HprofFormatException {
        if (heap.id() == 0) {
            throw new HprofFormatException("an object has the identifier of null", heap.position());
        }
        if (!bitmap.add(heap.id())) {
            throw new HprofFormatException(
                    "object 0x" + Long.toHexString(heap.id()) + " is there twice", heap.position());
        }
        if (++objects > Integer.MAX_VALUE - 8) {
            throw new HprofFormatException("it has more than " + (objects - 1) + " objects", heap.position());
        }
        if (heap.tag() == HeapRecordCursor.CLASS) {
            classes.add(heap.classDump());
        }
    }

    /** Returns the index of all objects; if they do not suit a bitmap, this reads the dump once more. */
    ObjectIndex index() throws HprofFormatException {
        ObjectIndex index = bitmap.build();
        return index != null ? index : sortedIndex();
    }

    private ObjectIndex sortedIndex() throws HprofFormatException {
        long[] ids = new long[objects];
        int[] next = {0};
        forEachObject(bytes, heap -> ids[next[0]++] = heap.id());
        return SortedObjectIndex.of(ids);
    }

    /** Reads the dump once more and tells every object record, in file order. */
    static void forEachObject(HprofBytes bytes, ObjectRecordVisitor visitor) throws HprofFormatException {
        RecordCursor records = new RecordCursor(bytes);
        HeapRecordCursor heap = new HeapRecordCursor(bytes);
        while (records.next()) {
            if (records.tag() == RecordCursor.HEAP_DUMP || records.tag() == RecordCursor.HEAP_DUMP_SEGMENT) {
                heap.enter(records);
                while (heap.next()) {
                    if (heap.tag() >= HeapRecordCursor.CLASS && heap.tag() <= HeapRecordCursor.PRIMITIVE_ARRAY) {
                        visitor.visit(heap);
                    }
                }
                if (records.openEnded()) {
                    records.continueAt(heap.end());
                }
            }
        }
    }

    /** Sees object records one after the other. */
    @FunctionalInterface
    interface ObjectRecordVisitor {
        void visit(HeapRecordCursor record) throws HprofFormatException;
    }
}
