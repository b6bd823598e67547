package io.heapspec.heap;

import io.heapspec.internal.hprof.HprofBytes;
import org.jspecify.annotations.Nullable;

/**
 * All references in memory: 4 bytes for each, and 4 for each object.
 *
 * <p>Instances have one place for each reference field, empty ones included, so that the place tells the field; arrays
 * have one for each element that is there, class objects for each object they refer to, and both one for their end.
 * Immutable and thread-safe.
 */
final class ReferenceRows {

    /** Where nothing, or no object of the dump, is referred to. */
    static final int NOTHING = -1;

    /** Where the references of an array or a class object end. */
    static final int END = -2;

    /** A dump with more references than this is left on disk: memory is to depend on the number of objects only. */
    private static final int MOST_PER_OBJECT = 4;

    /** Leaves room for what the classes refer to. */
    private static final int MOST = Integer.MAX_VALUE - (1 << 26);

    private final PagedInts starts;
    private final PagedInts targets;

    /**
     * Creates rows.
     *
     * @param starts where those of each object begin
     * @param targets the objects referred to
     */
    ReferenceRows(PagedInts starts, PagedInts targets) {
        this.starts = starts;
        this.targets = targets;
    }

    /** Returns how many places there may be for so many objects. */
    static long mostFor(long objects) {
        return Math.min(MOST, MOST_PER_OBJECT * objects + (1 << 20));
    }

    /** Reads all references from the file, or returns null if they are too many. */
    static @Nullable ReferenceRows read(HprofBytes bytes, ObjectTable objects, ReferenceReader reader) {
        Reading reading = new Reading(bytes, objects, reader);
        return reading.isComplete() ? new ReferenceRows(reading.starts, reading.targets) : null;
    }

    /** Returns the rows in the order of an index, with those of the classes. */
    ReferenceRows arranged(Arrangement arrangement, ObjectIndex index, ClassReferences ofClasses) {
        return new ReferenceRows(
                arrangement.arrange(starts, each -> {
                    int start = targets.size();
                    ofClasses.forEach(each, (edge, id) -> {
                        int target = id == 0 ? NOTHING : index.indexOf(id);
                        if (target != NOTHING) {
                            targets.add(target);
                        }
                    });
                    targets.add(END);
                    return start;
                }),
                targets);
    }

    /** Returns where the references of an object begin. */
    int start(int object) {
        return starts.get(object);
    }

    /** Returns the object referred to at a place, or {@link #NOTHING}, or {@link #END}. */
    int target(int place) {
        return targets.get(place);
    }

    /** One reading of all references, in the order of addresses. */
    private static final class Reading {
        private final HprofBytes bytes;
        private final ObjectTable objects;
        private final ReferenceReader reader;
        private final long limit;
        private final PagedInts starts = new PagedInts();
        private final PagedInts targets = new PagedInts();

        Reading(HprofBytes bytes, ObjectTable objects, ReferenceReader reader) {
            this.bytes = bytes;
            this.objects = objects;
            this.reader = reader;
            this.limit = mostFor(objects.index().count());
        }

        boolean isComplete() {
            int count = objects.index().count();
            for (int object = 0; object < count && targets.size() <= limit; object++) {
                starts.add(targets.size());
                int number = objects.classNumber(object);
                if (reader.isInstance(number)) {
                    addInstance(objects.position(object), number);
                } else if (reader.isArray(number)) {
                    addArray(objects.position(object));
                } else if (!reader.hasNone(number)) {
                    reader.forEach(object, (edge, target) -> targets.add(target));
                    targets.add(END);
                }
            }
            return targets.size() <= limit;
        }

        private void addInstance(long position, int number) {
            long fields = position + 9 + 2L * bytes.idSize();
            for (int offset : reader.offsets(number)) {
                targets.add(target(bytes.id(fields + offset)));
            }
        }

        private void addArray(long position) {
            int ids = bytes.idSize();
            long at = position + 9 + 2L * ids;
            long end = at + bytes.u4(position + 5 + ids) * ids;
            for (; at < end && targets.size() <= limit; at += ids) {
                int target = target(bytes.id(at));
                if (target != NOTHING) {
                    targets.add(target);
                }
            }
            targets.add(END);
        }

        private int target(long id) {
            return id == 0 ? NOTHING : objects.index().indexOf(id);
        }
    }
}
