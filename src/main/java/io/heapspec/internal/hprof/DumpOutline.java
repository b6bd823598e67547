package io.heapspec.internal.hprof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of a dump before its copy can be begun: its classes, and which of its texts are certain names.
 *
 * <p>Reading it also finds out whether the dump is complete.
 */
final class DumpOutline {
    private static final byte[] HASH = "hash".getBytes(StandardCharsets.US_ASCII);

    private final HprofBytes bytes;
    private final Map<Long, ClassDump> classes = new HashMap<>();
    private final Set<Long> hashNames = new HashSet<>();
    private boolean anyHeap;
    private boolean segmented;
    private boolean ended;

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
        if (outline.segmented && !outline.ended) {
            throw new HprofFormatException("it ends before its last heap segment", bytes.length());
        }
        if (!outline.anyHeap) {
            throw new HprofFormatException("it contains no heap", bytes.length());
        }
        return outline;
    }

    private void add(RecordCursor records, HeapRecordCursor heap) throws HprofFormatException {
        switch (records.tag()) {
            case RecordCursor.UTF8 -> addText(records);
            case RecordCursor.HEAP_DUMP, RecordCursor.HEAP_DUMP_SEGMENT -> {
                anyHeap = true;
                segmented |= records.tag() == RecordCursor.HEAP_DUMP_SEGMENT;
                addClasses(records, heap);
            }
            case RecordCursor.HEAP_DUMP_END -> ended = true;
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
            if (heap.tag() == HeapRecordCursor.CLASS && classes.put(heap.id(), heap.classDump()) != null) {
                throw new HprofFormatException(
                        "class 0x" + Long.toHexString(heap.id()) + " is there twice", heap.position());
            }
        }
        if (segment.openEnded()) {
            segment.continueAt(heap.end());
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
}
