package io.heapspec.internal.allocation;

import io.heapspec.internal.census.ClassTable;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Certified;
import io.heapspec.result.Certification.Collected;
import io.heapspec.result.Certification.Disturbed;
import io.heapspec.result.Certification.GapsCounted;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.Certification.OthersAllocated;
import io.heapspec.result.ClassAllocations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Holds the objects that histograms counted against the bytes that the thread counted, both for the body's window and for the empty one
 * before it.
 *
 * <p>A JVM before 19 fills what a thread has not used of its allocation buffer with an {@code int[]}. As long as the buffer is not used up
 * that gap only becomes smaller, by what is allocated: the bytes of {@code int[]} are then what the other classes leave of the thread's,
 * and their number is that of the histogram. When another buffer is begun, one gap more is counted; then only their bytes are certain.
 */
final class Reconciliation {

    private static final Comparator<ClassAllocations> LARGEST_FIRST =
            Comparator.comparingLong(ClassAllocations::bytes).reversed().thenComparing(ClassAllocations::className);

    private final ClassTable classes;
    private final Reading reading;
    private final GapClass gapClass;
    private final int gap;

    Reconciliation(ClassTable classes, Reading reading) {
        this.classes = classes;
        this.reading = reading;
        gapClass = GapClass.of(classes);
        gap = gapClass.id();
    }

    /** Returns what was allocated in the body. */
    AllocationProfile profile() {
        List<ClassAllocations> found = new ArrayList<>();
        long seen = 0;
        for (int id = 0; id < reading.grown().limit(); id++) {
            if (id != gap && (objects(id) != 0 || bytes(id) != 0)) {
                seen += bytes(id);
                addIfAny(found, classes.nameOf(id), objects(id), bytes(id));
            }
        }
        long left = reading.bytes() - seen;
        if (isOfGaps(left)) {
            addIfAny(found, GapClass.NAME, objects(gap), left);
            found.sort(LARGEST_FIRST);
            return new AllocationProfile(found, reading.bytes(), certify(left));
        }
        // Strangers have a part of the bytes: of these arrays, there are at most so many, and only their headers are
        // certain.
        long arrays = gap == GapClass.NONE || left == 0 || reading.collected() ? 0 : Math.max(0, objects(gap));
        addIfAny(found, GapClass.NAME, arrays, arrays * GapClass.LEAST_ARRAY);
        found.sort(LARGEST_FIRST);
        return new AllocationProfile(found, reading.bytes(), certify(left - arrays * GapClass.LEAST_ARRAY));
    }

    private static void addIfAny(List<ClassAllocations> found, String name, long objects, long bytes) {
        if (objects > 0 || bytes > 0) {
            found.add(new ClassAllocations(name, objects, bytes));
        }
    }

    private Certification certify(long left) {
        if (reading.collected()) {
            return new Collected();
        } else if (strangersInEmpty() < 0) {
            // The histogram did not even see what taking it left.
            return new NotSeen(Math.max(0, left) - strangersInEmpty());
        } else if (strangersInEmpty() != 0 || reading.uneven() != 0) {
            return new Disturbed(strangersInEmpty() + reading.uneven() + Math.max(0, -left));
        } else if (isOfGaps(left)) {
            return reading.oneBuffer() ? new Certified() : new GapsCounted(GapClass.NAME);
        } else if (left == 0) {
            return new Certified();
        }
        return left < 0 ? new OthersAllocated(-left) : new NotSeen(left);
    }

    /** Tells whether bytes that no other class has can be those of the arrays that gaps are counted as. */
    private boolean isOfGaps(long left) {
        return !reading.collected()
                && left > 0
                && gap != GapClass.NONE
                && objects(gap) > 0
                && left >= objects(gap) * GapClass.LEAST_ARRAY;
    }

    /** Returns how many bytes the histogram saw in the empty window that the thread did not allocate there. */
    private long strangersInEmpty() {
        return gapClass.bytesBeside(reading.empty()) - reading.bytesOfEmpty();
    }

    private long objects(int id) {
        return reading.grown().count(id) - reading.empty().count(id);
    }

    private long bytes(int id) {
        return reading.grown().bytes(id) - reading.empty().bytes(id);
    }
}
