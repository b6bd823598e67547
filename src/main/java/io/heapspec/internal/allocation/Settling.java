package io.heapspec.internal.allocation;

import io.heapspec.internal.census.ClassTable;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.Certification.NotSeen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings of the same body, put together until two in succession have as many bytes, and the count of what they have in common is certain:
 * another thread seldom allocates the same each time.
 *
 * <p>Not thread-safe.
 */
public final class Settling {

    private final ClassTable classes;
    private final List<Long> observed = new ArrayList<>();
    private @Nullable Reading last;
    /** What the last readings that agree have in common. */
    private @Nullable Reading common;

    private @Nullable AllocationProfile profile;
    private boolean agrees;

    Settling(ClassTable classes) {
        this.classes = classes;
    }

    /** Adds what one more run allocated. */
    public void add(Reading next) {
        agrees = last != null && next.isLike(last);
        Reading together = agrees && common != null ? common.least(next) : next;
        AllocationProfile known = new Reconciliation(classes, together).profile();
        if (agrees && last != null && known.certification() instanceof NotSeen) {
            // An earlier reading saw too little, as when another thread's gap went meanwhile: it would take from all
            // that follow.
            together = last.least(next);
            known = new Reconciliation(classes, together).profile();
        }
        last = next;
        common = together;
        profile = known;
        observed.add(next.bytes());
    }

    /** Tells whether the last two runs allocated as many bytes. */
    public boolean agrees() {
        return agrees;
    }

    /** Tells whether the last two runs allocated the same, and it is certain what. */
    public boolean isSettled() {
        return agrees && profile().certification().isExact();
    }

    /**
     * Returns what one run allocates, as far as that is known.
     *
     * @throws IllegalStateException if there was no reading
     */
    public AllocationProfile profile() {
        if (profile == null) {
            throw new IllegalStateException("nothing was measured");
        }
        return profile;
    }

    /** Returns how many bytes the thread allocated in each run. */
    public List<Long> observed() {
        return List.copyOf(observed);
    }
}
