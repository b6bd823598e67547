package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where each object's record is, its class, and how long an array it is: 7 bytes per object for usual dumps.
 *
 * <p>Filled by the second pass. Immutable afterwards.
 */
final class ObjectTable {
    private static final long INT_RANGE = 1L << 32;

    /** In place of the length of arrays that are not shorter: theirs is in the record. */
    private static final int LONG = 0xFF;

    private final HprofBytes bytes;
    private final ObjectIndex index;
    private final int[] positionLow;
    private final byte @Nullable [] positionHigh;
    private final char @Nullable [] classChar;
    private final int @Nullable [] classInt;
    private final byte[] length;
    private final BitSet instantiated = new BitSet();
    private final BitSet objectArrays = new BitSet();

    private ObjectTable(HprofBytes bytes, ObjectIndex index, int classCount) {
        this.bytes = bytes;
        this.index = index;
        int count = index.count();
        positionLow = new int[count];
        positionHigh = bytes.length() > INT_RANGE ? new byte[count] : null;
        boolean few = classCount <= Character.MAX_VALUE;
        classChar = few ? new char[count] : null;
        classInt = few ? null : new int[count];
        length = new byte[count];
    }

    static ObjectTable of(HprofBytes bytes, ObjectIndex index, ClassTable classes) throws HprofFormatException {
        if (bytes.length() >>> 40 != 0) {
            throw new HprofFormatException("it is longer than 1 TiB", bytes.length());
        }
        ObjectTable table = new ObjectTable(bytes, index, classes.count());
        ClassFinder finder = new ClassFinder(classes, table.instantiated, table.objectArrays);
        DumpScan.forEachObject(bytes, record -> table.put(record, finder.classOf(record)));
        return table;
    }

    private void put(HeapRecordCursor record, int classNumber) {
        int object = index.indexOf(record.id());
        long position = record.position();
        positionLow[object] = (int) position;
        if (positionHigh != null) {
            positionHigh[object] = (byte) (position >>> 32);
        }
        if (classChar != null) {
            classChar[object] = (char) classNumber;
        } else if (classInt != null) {
            classInt[object] = classNumber;
        }
        if (record.tag() != HeapRecordCursor.INSTANCE && record.tag() != HeapRecordCursor.CLASS) {
            length[object] = (byte) Math.min(LONG, record.length());
        }
    }

    ObjectIndex index() {
        return index;
    }

    /** Returns the numbers of the classes that have instances, arrays not counted. */
    BitSet instantiated() {
        return instantiated;
    }

    /** Returns the numbers of the classes of arrays of references. A damaged dump may name any class as such. */
    BitSet objectArrays() {
        return objectArrays;
    }

    /** Returns where the record of an object begins. */
    long position(int object) {
        long low = positionLow[object] & 0xFFFF_FFFFL;
        return positionHigh == null ? low : (positionHigh[object] & 0xFFL) << 32 | low;
    }

    /** Returns the number of an object's class. */
    int classNumber(int object) {
        return classChar != null ? classChar[object] : Objects.requireNonNull(classInt)[object];
    }

    /** Returns the length of an array; a size for each object of a dump shall not read the whole file once more. */
    long arrayLength(int object) {
        int known = length[object] & 0xFF;
        return known < LONG ? known : bytes.u4(position(object) + 5 + bytes.idSize());
    }

    /** Returns the kind of an object's record. */
    int tag(int object) {
        return bytes.u1(position(object));
    }

    /** Returns the identifier of an object. */
    long id(int object) {
        return bytes.id(position(object) + 1);
    }

    /** Returns the bytes from the beginning of an object to that of the next, or the largest number if there is none. */
    long gapBehind(int object) {
        long gap = object + 1 < index.count() ? id(object + 1) - id(object) : -1;
        return gap < 0 ? Long.MAX_VALUE : gap;
    }

    /** Finds the class of each record; neighbours often share it. */
    private static final class ClassFinder {
        private final ClassTable classes;
        private final BitSet instantiated;
        private final BitSet objectArrays;
        private long lastId;
        private int lastNumber;
        private long lastFieldBytes;

        ClassFinder(ClassTable classes, BitSet instantiated, BitSet objectArrays) {
            this.classes = classes;
            this.instantiated = instantiated;
            this.objectArrays = objectArrays;
        }

        int classOf(HeapRecordCursor record) throws HprofFormatException {
            return switch (record.tag()) {
                case HeapRecordCursor.CLASS -> classes.classClass();
                case HeapRecordCursor.PRIMITIVE_ARRAY -> classes.primitiveArray((int) record.classId());
                case HeapRecordCursor.INSTANCE -> classOfInstance(record);
                default -> classOfArray(record);
            };
        }

        private int classOfInstance(HeapRecordCursor record) throws HprofFormatException {
            int number = find(record);
            if (record.length() != lastFieldBytes) {
                throw new HprofFormatException(
                        "an instance of " + classes.get(number) + " has " + record.length() + " bytes of fields, not "
                                + lastFieldBytes,
                        record.position());
            }
            instantiated.set(number);
            return number;
        }

        private int classOfArray(HeapRecordCursor record) throws HprofFormatException {
            int number = find(record);
            objectArrays.set(number);
            return number;
        }

        private int find(HeapRecordCursor record) throws HprofFormatException {
            if (record.classId() != lastId) {
                lastNumber = classes.numberOf(record.classId(), record.position());
                lastFieldBytes = classes.fieldBytes(lastNumber);
                lastId = record.classId();
            }
            return lastNumber;
        }
    }
}
