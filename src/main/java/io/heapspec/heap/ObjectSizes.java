package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;

/** Shallow sizes as laid out in the dumped VM. */
final class ObjectSizes {
    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;

    private final HprofBytes bytes;
    private final ObjectTable objects;
    private final ClassTable classes;

    ObjectSizes(HprofBytes bytes, ObjectTable objects, ClassTable classes) {
        this.bytes = bytes;
        this.objects = objects;
        this.classes = classes;
    }

    long shallowSize(int object) {
        long position = objects.position(object);
        int tag = bytes.u1(position);
        return switch (tag) {
            case HeapRecordCursor.INSTANCE, HeapRecordCursor.CLASS -> instanceSize(objects.classNumber(object));
            default -> {
                int type = tag == HeapRecordCursor.OBJECT_ARRAY
                        ? BasicType.OBJECT
                        : bytes.u1(position + 9 + bytes.idSize());
                yield align(ARRAY_HEADER + bytes.u4(position + 5 + bytes.idSize()) * BasicType.width(type, 4));
            }
        };
    }

    long instanceSize(int classNumber) {
        long size = HEADER;
        for (HeapClass c = classes.get(classNumber); c != null; c = c.superclass()) {
            for (HeapField field : c.fields()) {
                size += field.type().width(4);
            }
        }
        return align(size);
    }

    private static long align(long size) {
        return size + 7 & ~7L;
    }
}
