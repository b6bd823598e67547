package io.heapspec.heap;

import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import org.jspecify.annotations.Nullable;

/**
 * Collects the references of objects while their dump is read, when what they refer to has no number yet: each as a part
 * of the identifier that tells it from all others, in 32 bits.
 *
 * <p>Identifiers are addresses, at multiples of 8, so that 32 bits tell those of a heap of 32 GiB apart. It gives up
 * where that is not so, and where there are too many references: then {@link ReferenceRows} are read from the file.
 */
final class ReferenceCollector {
    /** Identifiers within this many bytes have codes of their own. */
    private static final long SPAN = (1L << 35) - 16;

    /** The code of null. */
    private static final int NULL = 0;

    /** Comes after the references of an array. */
    private static final int END = 1;

    /** Objects in real dumps take more than this many bytes each on average. */
    private static final int FEWEST_BYTES_OF_OBJECT = 32;

    private final HprofBytes bytes;
    private final int ids;
    private final int classClass;
    private final InstanceLayouts layouts;
    private final long atMost;
    private PagedInts starts = new PagedInts();
    private PagedInts codes = new PagedInts();
    private boolean suits = true;

    /** The first identifier less 16: so that no object has one of the special codes, or all have to be given up. */
    private long origin;

    private long lowest = -1;
    private long highest;
    private long allBits;

    ReferenceCollector(HprofBytes bytes, ClassTable classes) {
        this.bytes = bytes;
        this.ids = bytes.idSize();
        this.classClass = classes.classClass();
        this.layouts = new InstanceLayouts(classes, ids);
        this.atMost = ReferenceRows.mostFor(bytes.length() / FEWEST_BYTES_OF_OBJECT);
    }

    /** Adds the references of the object whose record a cursor is at. */
    void add(HeapRecordCursor record, int classNumber) {
        if (suits) {
            if (starts.size() == 0) {
                origin = record.id() - 16;
                allBits = origin;
            }
            starts.add(codes.size());
            if (record.tag() == HeapRecordCursor.OBJECT_ARRAY) {
                addArray(record.position() + 9 + 2L * ids, record.length());
            } else if (record.tag() == HeapRecordCursor.INSTANCE) {
                addInstance(record.position() + 9 + 2L * ids, layouts.offsets(classNumber));
                if (classNumber == classClass) {
                    // That of a primitive type; class objects have an end.
                    codes.add(END);
                }
            }
        }
    }

    private void addInstance(long fields, int[] offsets) {
        if (codes.size() + offsets.length > atMost) {
            giveUp();
            return;
        }
        for (int offset : offsets) {
            codes.add(code(bytes.id(fields + offset)));
        }
    }

    private void addArray(long elements, long length) {
        for (long at = elements, end = elements + length * ids; at < end; at += ids) {
            long id = bytes.id(at);
            if (id != 0) {
                codes.add(code(id));
            }
            if (codes.size() >= atMost) {
                giveUp();
                return;
            }
        }
        codes.add(END);
    }

    private int code(long id) {
        if (id == 0) {
            return NULL;
        }
        allBits |= id;
        if (Long.compareUnsigned(id, lowest) < 0) {
            lowest = id;
        }
        if (Long.compareUnsigned(id, highest) > 0) {
            highest = id;
        }
        int code = (int) (id - origin >>> 3);
        suits &= code != NULL && code != END;
        return code;
    }

    private void giveUp() {
        suits = false;
        starts = new PagedInts();
        codes = new PagedInts();
    }

    /** The lowest address there is, given that every code stands for one; else null. */
    private @Nullable Long base() {
        long first = Long.compareUnsigned(origin, lowest) < 0 ? origin : lowest;
        boolean clear = (allBits & 7) == 0 && Long.compareUnsigned(highest - first, SPAN) < 0;
        return clear ? first : null;
    }

    /**
     * Numbers what the references refer to, in place.
     *
     * @param objects how many objects there are
     * @return their references in the same order, or null if they could not be collected
     */
    @Nullable
    ReferenceRows resolve(ObjectIndex index, int objects) {
        Long base = base();
        if (!suits || base == null || codes.size() > ReferenceRows.mostFor(objects)) {
            giveUp();
            return null;
        }
        resolve(index, base);
        return new ReferenceRows(starts, codes);
    }

    private void resolve(ObjectIndex index, long base) {
        int first = (int) (base - origin >>> 3);
        for (int p = 0; p < codes.pageCount(); p++) {
            int[] page = codes.page(p);
            for (int i = 0; i < page.length; i++) {
                int code = page[i];
                page[i] = switch (code) {
                    case NULL -> ReferenceRows.NOTHING;
                    case END -> ReferenceRows.END;
                    default -> index.indexOf(base + ((code - first & 0xFFFF_FFFFL) << 3));
                };
            }
        }
    }
}
