package io.heapspec.heap;

import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where each object's record is, its class, and how long an array it is: 8 bytes per object.
 *
 * <p>A position above 4 GiB takes another four. Immutable and thread-safe.
 */
final class ObjectTable {
    private static final long INT_RANGE = 1L << 32;

    /** In place of the length of arrays that are not shorter: theirs is in the record. */
    private static final int LONG = 0xFF;

    private static final int MOST_OBJECTS = Integer.MAX_VALUE - 8;

    private static final int LENGTH_BITS = 8;

    /** The most classes there can be beside a length. */
    private static final int MOST_CLASSES = 1 << Integer.SIZE - LENGTH_BITS;

    private final HprofBytes bytes;
    private final ObjectIndex index;
    private final PagedInts positionLow;
    private final @Nullable PagedInts positionHigh;
    private final PagedInts classAndLength;
    private final BitSet instantiated;
    private final BitSet objectArrays;

    private ObjectTable(Builder builder, ObjectIndex index, ClassFinder finder) {
        this.bytes = builder.bytes;
        this.index = index;
        positionLow = builder.positionLow;
        positionHigh = builder.positionHigh;
        classAndLength = builder.classAndLength;
        instantiated = finder.instantiated;
        objectArrays = finder.objectArrays;
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
        return position(positionLow, positionHigh, object);
    }

    private static long position(PagedInts low, @Nullable PagedInts high, int object) {
        long position = low.get(object) & 0xFFFF_FFFFL;
        return high == null ? position : (long) high.get(object) << 32 | position;
    }

    /** Returns the number of an object's class. */
    int classNumber(int object) {
        return classAndLength.get(object) >>> LENGTH_BITS;
    }

    /** Returns the length of an array; a size for each object of a dump shall not read the whole file once more. */
    long arrayLength(int object) {
        int known = classAndLength.get(object) & LONG;
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

    /** Collects all objects but the classes in the order of the file, and then puts all into that of their identifiers. */
    static final class Builder {
        private final HprofBytes bytes;
        private PagedInts positionLow = new PagedInts();
        private @Nullable PagedInts positionHigh;
        private PagedInts classAndLength = new PagedInts();
        private boolean inOrder = true;
        private long lastId;

        Builder(HprofBytes bytes) {
            this.bytes = bytes;
            positionHigh = bytes.length() > INT_RANGE ? new PagedInts() : null;
        }

        void add(HeapRecordCursor record, int classNumber) throws HprofFormatException {
            if (size() >= MOST_OBJECTS || classNumber >= MOST_CLASSES) {
                throw new HprofFormatException(
                        "it has more objects or classes than can be numbered", record.position());
            }
            positionLow.add((int) record.position());
            if (positionHigh != null) {
                positionHigh.add((int) (record.position() >>> 32));
            }
            int length = record.tag() == HeapRecordCursor.INSTANCE ? 0 : (int) Math.min(LONG, record.length());
            classAndLength.add(classNumber << LENGTH_BITS | length);
            inOrder &= Long.compareUnsigned(lastId, record.id()) < 0;
            lastId = record.id();
        }

        int size() {
            return positionLow.size();
        }

        private long id(int number) {
            return bytes.id(position(positionLow, positionHigh, number) + 1);
        }

        /** Returns all identifiers; reads the file once more. */
        long[] ids(List<ClassDump> classes) {
            long[] ids = new long[size() + classes.size()];
            for (int i = 0; i < size(); i++) {
                ids[i] = id(i);
            }
            for (int i = 0; i < classes.size(); i++) {
                ids[size() + i] = classes.get(i).id();
            }
            return ids;
        }

        /** Finds out how what was collected gets into the order of an index. */
        Arrangement arrangement(ObjectIndex index, List<ClassDump> classes) {
            List<ClassDump> sorted = Arrangement.sorted(classes);
            if (inOrder) {
                return new Arrangement.Inserting(index, sorted);
            }
            PagedInts places = new PagedInts(size());
            for (int i = 0; i < places.size(); i++) {
                places.set(i, index.indexOf(id(i)));
            }
            return new Arrangement.Moving(index, sorted, places);
        }

        /** Returns all objects in the order of their index. */
        ObjectTable build(ObjectIndex index, Arrangement arrangement, ClassFinder finder, int classClass) {
            positionLow = arrangement.arrange(positionLow, each -> (int) each.position());
            if (positionHigh != null) {
                positionHigh = arrangement.arrange(positionHigh, each -> (int) (each.position() >>> 32));
            }
            classAndLength = arrangement.arrange(classAndLength, each -> classClass << LENGTH_BITS);
            return new ObjectTable(this, index, finder);
        }
    }
}
