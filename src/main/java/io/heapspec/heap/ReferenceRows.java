package io.heapspec.heap;

import io.heapspec.internal.hprof.HprofBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All references in memory, object after object, read once in the order of addresses: 4 bytes for each, and 4 for each object.
 *
 * <p>A search reads a dump all over, again for each of its levels; numbers in memory are less to read. Instances have one place for
 * each reference field, empty ones included, so that the place tells the field; arrays have one for each element that is there.
 */
final class ReferenceRows {

    /** Where nothing, or no object of the dump, is referred to. */
    static final int NOTHING = -1;

    /** A dump with more references than this is left on disk: memory is to depend on the number of objects only. */
    private static final int MOST_PER_OBJECT = 4;

    private static final int PAGE_SHIFT = 16;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private final HprofBytes bytes;
    private final ObjectTable objects;
    private final ReferenceReader reader;
    private final ObjectIndex index;
    private final int[] start;
    private final long limit;
    private int[][] pages = new int[16][];
    private int[] page = new int[0];
    private int size;

    private ReferenceRows(HprofBytes bytes, ObjectTable objects, ReferenceReader reader) {
        this.bytes = bytes;
        this.objects = objects;
        this.reader = reader;
        this.index = objects.index();
        this.start = new int[index.count() + 1];
        this.limit = Math.min(Integer.MAX_VALUE, MOST_PER_OBJECT * (long) index.count() + (1 << 20));
    }

    /** Reads all references, or returns null if they are too many. */
    static @Nullable ReferenceRows read(HprofBytes bytes, ObjectTable objects, ReferenceReader reader) {
        ReferenceRows rows = new ReferenceRows(bytes, objects, reader);
        int count = rows.index.count();
        for (int object = 0; object < count; object++) {
            rows.start[object] = rows.size;
            if (!rows.add(object)) {
                return null;
            }
        }
        rows.start[count] = rows.size;
        return rows;
    }

    private boolean add(int object) {
        int number = objects.classNumber(object);
        if (reader.isInstance(number)) {
            return addInstance(objects.position(object), number);
        }
        return !reader.isArray(number) || addArray(objects.position(object));
    }

    private boolean addInstance(long position, int number) {
        long fields = position + 9 + 2L * bytes.idSize();
        int end = reader.end(number);
        if (size + (long) (end - reader.start(number)) > limit) {
            return false;
        }
        for (int i = reader.start(number); i < end; i++) {
            add(bytes.id(fields + reader.offset(i)), true);
        }
        return true;
    }

    private boolean addArray(long position) {
        int ids = bytes.idSize();
        long at = position + 9 + 2L * ids;
        long end = at + bytes.u4(position + 5 + ids) * ids;
        for (; at < end && size < limit; at += ids) {
            add(bytes.id(at), false);
        }
        return at >= end;
    }

    private void add(long id, boolean empty) {
        int target = id == 0 ? NOTHING : index.indexOf(id);
        if (target >= 0 || empty) {
            if ((size & PAGE_MASK) == 0) {
                page = addPage(size >>> PAGE_SHIFT);
            }
            page[size++ & PAGE_MASK] = target;
        }
    }

    private int[] addPage(int number) {
        if (number == pages.length) {
            pages = Arrays.copyOf(pages, number * 2);
        }
        return pages[number] = new int[1 << PAGE_SHIFT];
    }

    /** Returns where the references of an object begin; they end where those of the next begin. */
    int start(int object) {
        return start[object];
    }

    /** Returns the object referred to at a place, or {@link #NOTHING}. */
    int target(int place) {
        return pages[place >>> PAGE_SHIFT][place & PAGE_MASK];
    }
}
