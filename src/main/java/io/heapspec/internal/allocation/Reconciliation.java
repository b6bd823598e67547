package io.heapspec.internal.allocation;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Certified;
import io.heapspec.result.Certification.Collected;
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

    private static final int FIRST_TO_NAME_GAPS = 19;
    private static final String GAP = "int[]";
    private static final int NONE = -1;

    /** The least size of an {@code int[]}. */
    private static final long LEAST_ARRAY = 16;

    private final ClassTable classes;
    private final Reading reading;
    private final int gap;

    Reconciliation(ClassTable classes, Reading reading) {
        this.classes = classes;
        this.reading = reading;
        gap = Runtime.version().feature() < FIRST_TO_NAME_GAPS ? classes.idOf(GAP) : NONE;
    }

    /** Returns what was allocated in the body. */
    AllocationProfile profile() {
        List<ClassAllocations> found = new ArrayList<>();
        for (int id = 0; id < reading.grown().limit(); id++) {
            if (id != gap && (objects(id) != 0 || bytes(id) != 0)) {
                found.add(new ClassAllocations(classes.nameOf(id), objects(id), bytes(id)));
            }
        }
        long left = reading.bytes()
                - found.stream().mapToLong(ClassAllocations::bytes).sum();
        Certification certification = certify(left);
        if (isOfGaps(left)) {
            found.add(new ClassAllocations(GAP, objects(gap), left));
        }
        found.sort(Comparator.comparingLong(ClassAllocations::bytes)
                .reversed()
                .thenComparing(ClassAllocations::className));
        return new AllocationProfile(found, reading.bytes(), certification);
    }

    private Certification certify(long left) {
        if (reading.collected()) {
            return new Collected();
        } else if (strangersInEmpty() != 0) {
            return new OthersAllocated(strangersInEmpty());
        } else if (isOfGaps(left)) {
            return reading.oneBuffer() ? new Certified() : new GapsCounted(GAP);
        } else if (left == 0) {
            return new Certified();
        }
        return left < 0 ? new OthersAllocated(-left) : new NotSeen(left);
    }

    /** Tells whether bytes that no other class has can be those of the arrays that gaps are counted as. */
    private boolean isOfGaps(long left) {
        return !reading.collected()
                && left > 0
                && gap != NONE
                && objects(gap) > 0
                && left >= objects(gap) * LEAST_ARRAY;
    }

    /** Returns how many bytes the histogram saw in the empty window that the thread did not allocate there. */
    private long strangersInEmpty() {
        return seenIn(reading.empty(), gap) - reading.bytesOfEmpty();
    }

    private static long seenIn(Census grown, int gap) {
        return grown.totalBytes() - (gap == NONE ? 0 : grown.bytes(gap));
    }

    private long objects(int id) {
        return reading.grown().count(id) - reading.empty().count(id);
    }

    private long bytes(int id) {
        return reading.grown().bytes(id) - reading.empty().bytes(id);
    }
}
