package io.heapspec.internal.sanitize;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.hprof.RecordCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of a dump before its copy can be begun: its classes, and which of its texts are names.
 *
 * <p>Reading it also finds out whether the dump is complete.
 */
final class DumpOutline {
    private static final byte[] HASH = "hash".getBytes(StandardCharsets.US_ASCII);

    private final HprofBytes bytes;
    private final Map<Long, ClassDump> classes = new HashMap<>();
    private final Set<Long> hashNames = new HashSet<>();
    /** The texts that name something. */
    private final Set<Long> names = new HashSet<>();

    private DumpOutline(HprofBytes bytes) {
        this.bytes = bytes;
    }

    static DumpOutline of(HprofBytes bytes) throws HprofFormatException {
        DumpOutline outline = new DumpOutline(bytes);
        RecordCursor records = new RecordCursor(bytes);
        HeapRecordCursor heap = new HeapRecordCursor(bytes);
        while (records.next()) {
            outline.add(records, heap);
        }
        records.requireComplete();
        return outline;
    }

    private void add(RecordCursor records, HeapRecordCursor heap) throws HprofFormatException {
        int ids = bytes.idSize();
        switch (records.tag()) {
            case RecordCursor.UTF8 -> addText(records);
            case RecordCursor.LOAD_CLASS -> {
                records.requireBody(8 + 2L * ids);
                names.add(bytes.id(records.body() + 8 + ids));
            }
            case RecordCursor.STACK_FRAME -> {
                records.requireBody(8 + 4L * ids);
                for (int i = 1; i <= 3; i++) { // method, signature, source file
                    names.add(bytes.id(records.body() + (long) i * ids));
                }
            }
            case RecordCursor.HEAP_DUMP, RecordCursor.HEAP_DUMP_SEGMENT -> addClasses(records, heap);
            default -> {}
        }
    }

    private void addText(RecordCursor text) throws HprofFormatException {
        int ids = bytes.idSize();
        text.requireBody(ids);
        if (text.end() - text.body() - ids == HASH.length) {
            byte[] content = new byte[HASH.length];
            bytes.copy(text.body() + ids, content);
            if (Arrays.equals(content, HASH)) {
                hashNames.add(bytes.id(text.body()));
            }
        }
    }

    private void addClasses(RecordCursor segment, HeapRecordCursor heap) throws HprofFormatException {
        heap.enter(segment);
        while (heap.next()) {
            if (heap.tag() == HeapRecordCursor.CLASS) {
                addClass(heap.classDump());
            }
        }
        segment.leave(heap);
    }

    private void addClass(ClassDump dump) throws HprofFormatException {
        if (classes.put(dump.id(), dump) != null) {
            throw new HprofFormatException(
                    "class 0x" + Long.toHexString(dump.id()) + " is there twice", dump.position());
        }
        int ids = bytes.idSize();
        long at = dump.statics();
        for (int i = 0; i < dump.staticCount(); i++) {
            names.add(bytes.id(at));
            at += ids + 1 + BasicType.width(bytes.u1(at + ids), ids);
        }
        for (long field = dump.fields(); field < dump.end(); field += ids + 1) {
            names.add(bytes.id(field));
        }
    }

    /**
     * Returns a class by its identifier.
     *
     * @param position the record that mentions it
     * @throws HprofFormatException if it is missing
     */
    ClassDump classDump(long id, long position) throws HprofFormatException {
        ClassDump dump = classes.get(id);
        if (dump == null) {
            throw new HprofFormatException("class 0x" + Long.toHexString(id) + " is missing", position);
        }
        return dump;
    }

    /** Tells whether a text is {@code hash}. */
    boolean isHash(long text) {
        return hashNames.contains(text);
    }

    /** Tells whether a text names a class or a field, or is part of a stack frame. */
    boolean isName(long text) {
        return names.contains(text);
    }
}
