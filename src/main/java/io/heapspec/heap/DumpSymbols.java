package io.heapspec.heap;

import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.hprof.RecordCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything in a dump that is no object of the program's: texts, class names, stacks, and the records of classes.
 *
 * <p>HotSpot writes the classes before all other objects, so that a look at the beginning of the file is enough to know
 * them. Another writer may not; then {@link #all} reads the whole file for them.
 */
final class DumpSymbols {
    private final HprofBytes bytes;

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

    private DumpSymbols(HprofBytes bytes) {
        this.bytes = bytes;
    }

    /** Reads up to the first object that is no class. */
    static DumpSymbols leading(HprofBytes bytes) throws HprofFormatException {
        return new DumpSymbols(bytes).read(true);
    }

    /** Reads the whole file. */
    static DumpSymbols all(HprofBytes bytes) throws HprofFormatException {
        return new DumpSymbols(bytes).read(false);
    }

    private DumpSymbols read(boolean stopsAtObject) throws HprofFormatException {
        RecordCursor records = new RecordCursor(bytes);
        HeapRecordCursor heap = new HeapRecordCursor(bytes);
        while (records.next()) {
            if (!records.isHeap()) {
                add(records);
            } else if (!addClasses(records, heap, stopsAtObject)) {
                return this;
            }
        }
        return this;
    }

    private boolean addClasses(RecordCursor records, HeapRecordCursor heap, boolean stopsAtObject)
            throws HprofFormatException {
        heap.enter(records);
        while (heap.next()) {
            if (heap.tag() == HeapRecordCursor.CLASS) {
                classes.add(heap.classDump());
            } else if (stopsAtObject && heap.isObject()) {
                return false;
            }
        }
        records.leave(heap);
        return true;
    }

    /** Adds what a record outside the heap says; what is known already may be added again. */
    void add(RecordCursor records) throws HprofFormatException {
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
            default -> {} // statistics of the former HPROF agent, or of a later format
        }
    }

    private void stack(RecordCursor records) throws HprofFormatException {
        records.requireBody(12);
        long frameCount = bytes.u4(records.body() + 8);
        records.requireBody(12 + frameCount * bytes.idSize());
        stacks.put(bytes.u4(records.body()), records.body());
    }
}
