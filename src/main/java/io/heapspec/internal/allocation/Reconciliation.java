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

    private static final String GAP = "int[]";
    private static final int FIRST_TO_NAME_GAPS = 19;
    private static final int NONE = -1;

    /** The least size of an {@code int[]}. */
    private static final long LEAST_ARRAY = 16;

    /** More than the header of an array and what it is rounded up by. */
    private static final long MOST_HEADER = 40;

    private final ClassTable classes;
    private final Census empty;
    private final Census before;
    private final Census after;
    private final Reading reading;
    private final int gap;

    /** The censuses are those of the reading's texts. */
    Reconciliation(ClassTable classes, Census empty, Census before, Census after, Reading reading) {
        this.classes = classes;
        this.empty = empty;
        this.before = before;
        this.after = after;
        this.reading = reading;
        gap = Runtime.version().feature() < FIRST_TO_NAME_GAPS ? classes.idOf(GAP) : NONE;
    }

    /** Returns what was allocated in the body. */
    AllocationProfile profile() {
        List<ClassAllocations> found = new ArrayList<>();
        for (int id = 0; id < after.limit(); id++) {
            if (id != gap && (objects(id) != 0 || bytes(id) != 0)) {
                found.add(new ClassAllocations(classes.nameOf(id), objects(id), bytes(id)));
            }
        }
        long left = reading.bytes()
                - found.stream().mapToLong(ClassAllocations::bytes).sum();
        Certification certification;
        if (reading.collected()) {
            certification = new Collected();
        } else if (strangersInEmpty() != 0) {
            certification = new OthersAllocated(strangersInEmpty());
        } else if (left > 0 && gap != NONE && objects(gap) > 0 && left >= objects(gap) * LEAST_ARRAY) {
            found.add(new ClassAllocations(GAP, objects(gap), left));
            certification = isOneBuffer() ? new Certified() : new GapsCounted(GAP, 1);
        } else {
            certification = certify(left);
        }
        found.sort(Comparator.comparingLong(ClassAllocations::bytes)
                .reversed()
                .thenComparing(ClassAllocations::className));
        return new AllocationProfile(found, reading.bytes(), certification);
    }

    private static Certification certify(long left) {
        if (left == 0) {
            return new Certified();
        }
        return left < 0 ? new OthersAllocated(-left) : new NotSeen(left);
    }

    /** Returns how many bytes the histogram saw in the empty window that the thread did not allocate there. */
    private long strangersInEmpty() {
        long seen = 0;
        for (int id = 0; id < before.limit(); id++) {
            seen += id == gap ? 0 : before.bytes(id) - empty.bytes(id);
        }
        return seen - reading.bytesOfEmpty();
    }

    /**
     * Tells whether no allocation buffer was begun: then the heap is as large as before, gaps included, but for the text of a histogram, which
     * may be too large for a buffer.
     */
    private boolean isOneBuffer() {
        return isOneBuffer(after.totalBytes() - before.totalBytes())
                && isOneBuffer(before.totalBytes() - empty.totalBytes());
    }

    private boolean isOneBuffer(long grown) {
        long text = reading.before().length();
        return grown == 0 || grown >= text && grown < text + MOST_HEADER;
    }

    private long objects(int id) {
        return after.count(id) - before.count(id) - (before.count(id) - empty.count(id));
    }

    private long bytes(int id) {
        return after.bytes(id) - before.bytes(id) - (before.bytes(id) - empty.bytes(id));
    }
}
