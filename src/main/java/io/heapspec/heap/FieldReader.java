package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads single field values, array lengths and strings: for reports, not for walking a whole graph. */
final class FieldReader {
    private static final String STRING = "java.lang.String";

    private final HprofBytes bytes;
    private final ObjectTable objects;
    private final ClassTable classes;
    private final int ids;

    FieldReader(HprofBytes bytes, ObjectTable objects, ClassTable classes) {
        this.bytes = bytes;
        this.objects = objects;
        this.classes = classes;
        this.ids = bytes.idSize();
    }

    /** Returns where the value of a field of an object is, or -1 if the object has no such field. */
    private long positionOf(int object, HeapField wanted) {
        long position = objects.position(object);
        return switch (bytes.u1(position)) {
            case HeapRecordCursor.INSTANCE -> wanted.isStatic() ? -1 : inInstance(object, position, wanted);
            case HeapRecordCursor.CLASS -> wanted.isStatic() ? inClass(position, wanted) : -1;
            default -> -1;
        };
    }

    private long inInstance(int object, long position, HeapField wanted) {
        long at = position + 9 + 2L * ids;
        for (HeapClass c = classes.get(objects.classNumber(object)); c != null; c = c.superclass()) {
            for (HeapField field : c.fields()) {
                if (field.index() == wanted.index()) {
                    return at;
                }
                at += field.type().width(ids);
            }
        }
        return -1;
    }

    private long inClass(long position, HeapField wanted) {
        int number = classes.numberOfClassObject(bytes.id(position + 1));
        long at = classes.dump(number).statics();
        for (HeapField field : classes.get(number).staticFields()) {
            if (field.index() == wanted.index()) {
                return at + ids + 1;
            }
            at += ids + 1 + field.type().width(ids);
        }
        return -1;
    }

    long primitive(int object, HeapField field) {
        long at = positionOf(object, field);
        if (at < 0 || field.type() == FieldType.REFERENCE) {
            throw new IllegalArgumentException("object " + object + " has no primitive field " + field);
        }
        return switch (field.type()) {
            case BOOLEAN -> bytes.u1(at);
            case BYTE -> (byte) bytes.u1(at);
            case CHAR -> bytes.u2(at);
            case SHORT -> (short) bytes.u2(at);
            case LONG, DOUBLE -> bytes.i8(at);
            default -> bytes.i4(at);
        };
    }

    int reference(int object, HeapField field) {
        long at = positionOf(object, field);
        return at < 0 || field.type() != FieldType.REFERENCE ? -1 : target(bytes.id(at));
    }

    private int target(long id) {
        return id == 0 ? -1 : objects.index().indexOf(id);
    }

    /** Returns the field that an object has under a name, declared by the class with another name. */
    @Nullable
    HeapField field(int object, String declaringClass, String name) {
        boolean isClass = objects.tag(object) == HeapRecordCursor.CLASS;
        int number = isClass ? classes.numberOfClassObject(objects.id(object)) : objects.classNumber(object);
        for (HeapClass c = classes.get(number); c != null; c = isClass ? null : c.superclass()) {
            if (c.name().equals(declaringClass)) {
                for (HeapField field : isClass ? c.staticFields() : c.fields()) {
                    if (field.name().equals(name)) {
                        return field;
                    }
                }
            }
        }
        return null;
    }

    int reference(int object, String declaringClass, String name) {
        HeapField field = field(object, declaringClass, name);
        return field == null ? -1 : reference(object, field);
    }

    /** Returns the number of elements, which a record may state to be up to 4 G, as an int. */
    int arrayLength(int object) {
        long position = objects.position(object);
        int tag = bytes.u1(position);
        if (tag != HeapRecordCursor.OBJECT_ARRAY && tag != HeapRecordCursor.PRIMITIVE_ARRAY) {
            throw new IllegalArgumentException("object " + object + " is not an array");
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes.u4(position + 5 + ids));
    }

    int element(int array, int i) {
        if (objects.tag(array) != HeapRecordCursor.OBJECT_ARRAY) {
            throw new IllegalArgumentException("object " + array + " is not an array of references");
        }
        Objects.checkIndex(i, arrayLength(array));
        return target(bytes.id(objects.position(array) + 9 + 2L * ids + (long) i * ids));
    }

    private boolean isString(int object) {
        return classes.get(objects.classNumber(object)).name().equals(STRING);
    }

    @Nullable
    String string(int object, int maxLength) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength " + maxLength + " is negative");
        }
        if (objects.tag(object) != HeapRecordCursor.INSTANCE || !isString(object)) {
            return null;
        }
        int array = reference(object, STRING, "value");
        if (array < 0 || objects.tag(array) != HeapRecordCursor.PRIMITIVE_ARRAY) {
            return null;
        }
        long position = objects.position(array);
        int element = bytes.u1(position + 9 + ids);
        if (element == FieldType.CHAR.code()) {
            return decode(position, arrayLength(array), maxLength, StandardCharsets.UTF_16BE);
        }
        return element == FieldType.BYTE.code() ? compactString(object, array, maxLength) : null;
    }

    /** A compact string (JDK 9 and later): coder 0 is Latin-1, coder 1 is UTF-16 in the byte order of the machine. */
    private String compactString(int object, int array, int maxLength) {
        HeapField coder = field(object, STRING, "coder");
        long position = objects.position(array);
        if (coder == null || coder.type() != FieldType.BYTE || primitive(object, coder) == 0) {
            return decode(position, arrayLength(array), maxLength, StandardCharsets.ISO_8859_1);
        }
        return decode(position, arrayLength(array) / 2, maxLength, StandardCharsets.UTF_16LE);
    }

    private String decode(long position, int length, int maxLength, Charset charset) {
        int width = charset.equals(StandardCharsets.ISO_8859_1) ? 1 : 2;
        int count = Math.min(Math.min(length, maxLength), (Integer.MAX_VALUE - 8) / width);
        byte[] content = new byte[count * width];
        bytes.copy(position + 10 + ids, content);
        return new String(content, charset);
    }
}
