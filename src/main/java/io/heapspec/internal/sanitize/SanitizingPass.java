package io.heapspec.internal.sanitize;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.RecordCursor;
import io.heapspec.internal.sanitize.EmptiedFields.Declared;
import io.heapspec.internal.sanitize.EmptiedFields.Stretch;
import io.heapspec.internal.sanitize.HprofSanitizer.Result;
import io.heapspec.internal.sanitize.HprofSanitizer.Rules;
import java.io.IOException;

/** Walks over a dump from front to back, and empties in its copy what the rules say. Used once. */
final class SanitizingPass {
    private final HprofBytes bytes;
    private final int ids;
    private final Rules rules;
    private final DumpOutline outline;
    private final EmptiedFields layouts;
    private final DumpCopy copy;
    private long objects;
    private long arrays;

    SanitizingPass(HprofBytes bytes, DumpOutline outline, Rules rules, DumpCopy copy) {
        this.bytes = bytes;
        this.ids = bytes.idSize();
        this.rules = rules;
        this.outline = outline;
        this.layouts = new EmptiedFields(bytes, outline, rules.primitiveFields());
        this.copy = copy;
    }

    Result run() throws IOException {
        RecordCursor records = new RecordCursor(bytes);
        HeapRecordCursor heap = new HeapRecordCursor(bytes);
        while (records.next()) {
            switch (records.tag()) {
                case RecordCursor.UTF8 -> text(records);
                case RecordCursor.HEAP_DUMP, RecordCursor.HEAP_DUMP_SEGMENT -> segment(records, heap);
                default -> {}
            }
        }
        copy.finish();
        return new Result(objects, arrays, copy.emptied());
    }

    /** HotSpot dumps all texts of class files, string literals included. */
    private void text(RecordCursor text) throws IOException {
        if (!outline.isName(bytes.id(text.body()))) {
            copy.empty(text.body() + ids, text.end() - text.body() - ids);
        }
    }

    private void segment(RecordCursor segment, HeapRecordCursor heap) throws IOException {
        heap.enter(segment);
        while (heap.next()) {
            switch (heap.tag()) {
                case HeapRecordCursor.INSTANCE -> instance(heap);
                case HeapRecordCursor.PRIMITIVE_ARRAY -> array(heap);
                case HeapRecordCursor.OBJECT_ARRAY -> objects++;
                case HeapRecordCursor.CLASS -> classObject(heap.classDump());
                default -> {} // roots
            }
        }
        segment.leave(heap);
    }

    private void instance(HeapRecordCursor heap) throws IOException {
        objects++;
        long at = heap.position() + 9 + 2L * ids;
        for (Declared part : layouts.of(heap).classes()) {
            for (Stretch stretch : part.emptied()) {
                copy.empty(at + stretch.offset(), stretch.length());
            }
            at += part.bytes();
        }
    }

    private void array(HeapRecordCursor heap) throws IOException {
        objects++;
        arrays++;
        int width = BasicType.width((int) heap.classId(), ids);
        copy.empty(heap.position() + 10 + ids, heap.length() * width);
    }

    private void classObject(ClassDump dump) throws IOException {
        objects++;
        if (rules.primitiveFields()) {
            values(dump.constants(), dump.constantCount(), 2);
            values(dump.statics(), dump.staticCount(), ids);
        }
    }

    /** Empties the primitive ones of some values, each behind a key and a type. */
    private void values(long start, int count, int keyWidth) throws IOException {
        long at = start;
        for (int i = 0; i < count; i++) {
            int type = bytes.u1(at + keyWidth);
            int width = BasicType.width(type, ids);
            at += keyWidth + 1;
            if (BasicType.isPrimitive(type)) {
                copy.empty(at, width);
            }
            at += width;
        }
    }
}
