package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofFormatException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Finds the class of each record, and notes which classes have records of which kind; neighbours often share a class. */
final class ClassFinder {
    private final ClassTable classes;

    /** The numbers of the classes that have instances, arrays not counted. */
    final BitSet instantiated = new BitSet();
    /** The numbers of the classes of arrays of references. A damaged dump may name any class as such. */
    final BitSet objectArrays = new BitSet();

    private long lastInstanceOf;
    private int lastNumber;
    private long lastFieldBytes;
    private long lastArrayOf;
    private int lastArray;
    private @Nullable HprofFormatException missing;

    ClassFinder(ClassTable classes) {
        this.classes = classes;
    }

    /** Returns the number of the class of the instance or array that a cursor is at, or -1 if that class is not known. */
    int classOf(HeapRecordCursor record) throws HprofFormatException {
        return switch (record.tag()) {
            case HeapRecordCursor.PRIMITIVE_ARRAY -> classes.primitiveArray((int) record.classId());
            case HeapRecordCursor.INSTANCE -> classOfInstance(record);
            default -> classOfArray(record);
        };
    }

    private int classOfInstance(HeapRecordCursor record) throws HprofFormatException {
        if (record.classId() != lastInstanceOf) {
            lastNumber = find(record);
            if (lastNumber < 0) {
                return -1;
            }
            lastInstanceOf = record.classId();
            lastFieldBytes = classes.fieldBytes(lastNumber);
            instantiated.set(lastNumber);
        }
        if (record.length() != lastFieldBytes) {
            throw new HprofFormatException(
                    "an instance of " + classes.get(lastNumber) + " has " + record.length() + " bytes of fields, not "
                            + lastFieldBytes,
                    record.position());
        }
        return lastNumber;
    }

    private int classOfArray(HeapRecordCursor record) {
        if (record.classId() != lastArrayOf) {
            lastArray = find(record);
            if (lastArray < 0) {
                return -1;
            }
            lastArrayOf = record.classId();
            objectArrays.set(lastArray);
        }
        return lastArray;
    }

    private int find(HeapRecordCursor record) {
        int number = classes.numberOfClassObject(record.classId());
        if (number < 0 && missing == null) {
            missing = new HprofFormatException(
                    "class 0x" + Long.toHexString(record.classId()) + " is missing", record.position());
        }
        return number;
    }

    /** Tells whether a class has both instances and arrays, as only a damaged dump has it. */
    boolean mixesKinds() {
        return instantiated.intersects(objectArrays);
    }

    /**
     * Makes sure that all classes were known.
     *
     * @throws HprofFormatException naming the first that was not
     */
    void requireAll() throws HprofFormatException {
        if (missing != null) {
            throw missing;
        }
    }
}
