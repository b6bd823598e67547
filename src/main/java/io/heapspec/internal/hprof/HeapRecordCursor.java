package io.heapspec.internal.hprof;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the records inside a heap segment: roots, classes, instances and arrays.
 *
 * <p>After {@link #next()} returned true the other methods describe the current record, which is known to lie inside
 * its segment. What a method returns is meaningful only for the kinds of record it names. Not thread-safe.
 *
 * @since 0.1
 */
public final class HeapRecordCursor {
    /** Root: JNI global reference. */
    public static final int ROOT_JNI_GLOBAL = 0x01;
    /** Root: JNI local reference, with thread and frame. */
    public static final int ROOT_JNI_LOCAL = 0x02;
    /** Root: Java local variable, with thread and frame. */
    public static final int ROOT_JAVA_FRAME = 0x03;
    /** Root: native stack, with thread. */
    public static final int ROOT_NATIVE_STACK = 0x04;
    /** Root: system class. */
    public static final int ROOT_STICKY_CLASS = 0x05;
    /** Root: thread block, with thread. */
    public static final int ROOT_THREAD_BLOCK = 0x06;
    /** Root: locked monitor. */
    public static final int ROOT_MONITOR_USED = 0x07;
    /** Root: thread object, with thread and stack. */
    public static final int ROOT_THREAD_OBJECT = 0x08;
    /** Object: a class. */
    public static final int CLASS = 0x20;
    /** Object: an instance. */
    public static final int INSTANCE = 0x21;
    /** Object: an array of references. */
    public static final int OBJECT_ARRAY = 0x22;
    /** Object: an array of primitive values. */
    public static final int PRIMITIVE_ARRAY = 0x23;
    /** Root: unknown. */
    public static final int ROOT_UNKNOWN = 0xFF;

    private final HprofBytes bytes;
    private final int ids;
    private long next;
    private long end;
    private boolean openEnded;

    private int tag;
    private long position;
    private long id;
    private long classId;
    private long length;
    private @Nullable ClassDump classDump;

    /** Creates a cursor outside any segment. */
    public HeapRecordCursor(HprofBytes bytes) {
        this.bytes = bytes;
        this.ids = bytes.idSize();
    }

    /** Goes before the first record of the segment that another cursor is at. */
    public void enter(RecordCursor segment) {
        next = segment.body();
        end = segment.end();
        openEnded = segment.openEnded();
    }

    /**
     * Moves to the next record.
     *
     * @return false at the end of the segment
     * @throws HprofFormatException if the record is of an unknown kind or does not fit into the segment
     */
    public boolean next() throws HprofFormatException {
        long p = next;
        if (p >= end) {
            return false;
        }
        position = p;
        tag = bytes.u1(p);
        // Every kind begins with an identifier.
        if (isKnown(tag)) {
            require(p, 1 + ids);
            id = bytes.id(p + 1);
        }
        switch (tag) {
            case INSTANCE -> instance(p);
            case OBJECT_ARRAY -> objectArray(p);
            case PRIMITIVE_ARRAY -> primitiveArray(p);
            case CLASS -> {
                ClassDump dump = ClassDump.read(bytes, p, end);
                classDump = dump;
                next = dump.end();
            }
            case ROOT_UNKNOWN, ROOT_STICKY_CLASS, ROOT_MONITOR_USED -> root(p, 0);
            case ROOT_JNI_GLOBAL -> root(p, ids);
            case ROOT_NATIVE_STACK, ROOT_THREAD_BLOCK -> root(p, 4);
            case ROOT_JNI_LOCAL, ROOT_JAVA_FRAME, ROOT_THREAD_OBJECT -> root(p, 8);
            default -> {
                return unknown(p);
            }
        }
        return true;
    }

    private static boolean isKnown(int tag) {
        return tag >= CLASS && tag <= PRIMITIVE_ARRAY
                || tag >= ROOT_JNI_GLOBAL && tag <= ROOT_THREAD_OBJECT
                || tag == ROOT_UNKNOWN;
    }

    private void instance(long p) throws HprofFormatException {
        int header = 9 + 2 * ids;
        require(p, header);
        classId = bytes.id(p + 5 + ids);
        length = bytes.u4(p + 5 + 2L * ids);
        end(p, header, length);
    }

    private void objectArray(long p) throws HprofFormatException {
        int header = 9 + 2 * ids;
        require(p, header);
        length = bytes.u4(p + 5 + ids);
        classId = bytes.id(p + 9 + ids);
        end(p, header, length * ids);
    }

    private void primitiveArray(long p) throws HprofFormatException {
        int header = 10 + ids;
        require(p, header);
        length = bytes.u4(p + 5 + ids);
        int type = bytes.u1(p + 9 + ids);
        if (!BasicType.isPrimitive(type)) {
            throw new HprofFormatException("an array has elements of unknown type " + type, p);
        }
        classId = type;
        end(p, header, length * BasicType.width(type, ids));
    }

    private void root(long p, int extra) throws HprofFormatException {
        end(p, 1 + ids, extra);
    }

    private void end(long p, int header, long content) throws HprofFormatException {
        require(p, header + content);
        next = p + header + content;
    }

    private boolean unknown(long p) throws HprofFormatException {
        if (openEnded && (tag == RecordCursor.HEAP_DUMP_END || tag == RecordCursor.HEAP_DUMP_SEGMENT)) {
            end = p;
            return false;
        }
        throw new HprofFormatException("a heap record has the unknown kind 0x" + Integer.toHexString(tag), p);
    }

    private void require(long p, long size) throws HprofFormatException {
        if (size > end - p) {
            throw new HprofFormatException(
                    "a heap record of kind 0x" + Integer.toHexString(tag) + " needs " + size
                            + " bytes but its segment has " + (end - p) + " left",
                    p);
        }
    }

    /** Tells whether the record is that of an instance or an array. */
    public boolean isObject() {
        return tag >= INSTANCE && tag <= PRIMITIVE_ARRAY;
    }

    /** Returns the kind of the record. */
    public int tag() {
        return tag;
    }

    /** Returns where the record begins. */
    public long position() {
        return position;
    }

    /** Returns where the segment ends; for an open-ended segment this is known after the last record. */
    public long end() {
        return end;
    }

    /** Returns the identifier of the object, or of the object that a root refers to. */
    public long id() {
        return id;
    }

    /** Returns the identifier of the class of an instance or object array; the element type of a primitive array. */
    public long classId() {
        return classId;
    }

    /** Returns a class. */
    public ClassDump classDump() {
        return Objects.requireNonNull(classDump);
    }

    /** Returns the number of field bytes of an instance, or of elements of an array. */
    public long length() {
        return length;
    }

    /** Returns the serial number of the thread of a root that has one. */
    public int threadSerial() {
        return bytes.i4(position + 1 + ids);
    }

    /** Returns the frame number of a JNI local or Java frame root, or the stack serial of a thread object. */
    public int frameOrStack() {
        return bytes.i4(position + 5 + ids);
    }
}
