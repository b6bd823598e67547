package io.heapspec.internal.sanitize;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in the record of an instance the fields are that are to be emptied. Not thread-safe. */
final class EmptiedFields {
    /** No class in a real program comes near; this also ends the search through a circle of superclasses. */
    private static final int MOST_SUPERCLASSES = 256;

    /** Some bytes, counted from the first field that a class declares. */
    record Stretch(int offset, int length) {}

    /** What a class declares itself: how many bytes of fields, and which of them to empty. */
    record Declared(int bytes, List<Stretch> emptied) {}

    /** What an instance consists of: how many bytes of fields, and whose, beginning with its own class. */
    record Layout(long bytes, List<Declared> classes) {}

    private final HprofBytes bytes;
    private final DumpOutline outline;
    private final boolean allPrimitives;
    private final Map<Long, Declared> declared = new HashMap<>();
    private final Map<Long, Layout> layouts = new HashMap<>();
    private long lastId;
    private @Nullable Layout last;

    /** Prepares for a dump: either all primitive fields are to be emptied, or only hashes. */
    EmptiedFields(HprofBytes bytes, DumpOutline outline, boolean allPrimitives) {
        this.bytes = bytes;
        this.outline = outline;
        this.allPrimitives = allPrimitives;
    }

    /**
     * Returns the layout of an instance.
     *
     * @throws HprofFormatException if its class is missing or its record has another length
     */
    Layout of(HeapRecordCursor instance) throws HprofFormatException {
        Layout layout = ofClass(instance.classId(), instance.position());
        if (layout.bytes() != instance.length()) {
            throw new HprofFormatException(
                    "an instance of class 0x" + Long.toHexString(instance.classId()) + " has " + instance.length()
                            + " bytes of fields, not " + layout.bytes(),
                    instance.position());
        }
        return layout;
    }

    /** Neighbours often share their class. */
    private Layout ofClass(long classId, long position) throws HprofFormatException {
        Layout layout = classId == lastId ? last : layouts.get(classId);
        if (layout == null) {
            layout = read(classId, position);
            layouts.put(classId, layout);
        }
        lastId = classId;
        last = layout;
        return layout;
    }

    private Layout read(long classId, long position) throws HprofFormatException {
        List<Declared> classes = new ArrayList<>();
        long sum = 0;
        ClassDump dump = outline.classDump(classId, position);
        while (true) {
            Declared own = declaredBy(dump);
            classes.add(own);
            sum += own.bytes();
            if (dump.superId() == 0) {
                return new Layout(sum, classes);
            }
            if (classes.size() > MOST_SUPERCLASSES) {
                throw new HprofFormatException(
                        "a class has more than " + MOST_SUPERCLASSES + " superclasses", dump.position());
            }
            dump = outline.classDump(dump.superId(), dump.position());
        }
    }

    private Declared declaredBy(ClassDump dump) {
        Declared known = declared.get(dump.id());
        if (known == null) {
            known = readDeclared(dump);
            declared.put(dump.id(), known);
        }
        return known;
    }

    private Declared readDeclared(ClassDump dump) {
        int ids = bytes.idSize();
        List<Stretch> emptied = new ArrayList<>();
        int offset = 0;
        for (long field = dump.fields(); field < dump.end(); field += ids + 1) {
            int type = bytes.u1(field + ids);
            int width = BasicType.width(type, ids);
            if (isEmptied(bytes.id(field), type)) {
                emptied.add(new Stretch(offset, width));
            }
            offset += width;
        }
        return new Declared(offset, emptied);
    }

    private boolean isEmptied(long name, int type) {
        return allPrimitives ? BasicType.isPrimitive(type) : type == BasicType.INT && outline.isHash(name);
    }
}
