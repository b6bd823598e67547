package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.protocol.Screen.Screening;
import io.heapspec.result.LeakKind;
import java.util.Set;

/**
 * Watches whether a test may leave something open: whether after any of its runs more descriptors are open, or more cleaners waiting, than there were
 * before the first. Costs no collection of its own.
 *
 * <p>The first run alone does not tell: what the constructor of a test class opens is open before the test is judged.
 */
final class OpenWatch {

    private static final long NOT_KNOWN = -1;

    private final Cleanables cleanables;
    private long files;
    private long cleaners;
    private boolean opened;
    private boolean waiting;
    /** By how many cleaners a repetition was above the level. */
    private long above;
    /** By how many it is where the test leaves nothing open: the thread that repeats has buffers of its own. */
    private long aboveIfClosed = NOT_KNOWN;

    OpenWatch(Cleanables cleanables) {
        this.cleanables = cleanables;
    }

    /** A test starts. */
    void started() {
        files = Counters.openFileDescriptors();
        cleaners = Long.MAX_VALUE;
        opened = false;
        waiting = false;
        above = 0;
    }

    /**
     * The test ran, once or oftener, and nothing was collected since: what only a collection closes is still open. What an earlier test left open may
     * be closed meanwhile, by a thread that is late, and hide what this one opens the first time.
     */
    void ran() {
        long now = Counters.openFileDescriptors();
        opened |= now > files;
        files = Math.min(files, now);
    }

    void screened(Screening screening) {
        waiting |= screening.unclosed();
        cleaners = screening.cleaners();
    }

    /** The test ran once again. A census counts the cleaners of what it has just found to be gone. */
    void counted(Census census) {
        above = Math.max(above, cleanables.count(census) - cleaners);
        waiting |= above > level();
    }

    /**
     * The test ran many times again: every other run is to have left one. One run may leave a cleaner at the moment when another goes that an earlier test
     * left and that was counted before this one.
     */
    void counted(Census census, int runs) {
        long left = cleanables.count(census) - cleaners - level();
        waiting |= left > 0 && 2 * left >= runs;
    }

    private long level() {
        return aboveIfClosed == NOT_KNOWN ? 0 : aboveIfClosed;
    }

    /** The closer look has shown that the test leaves nothing open. */
    void acquitted() {
        aboveIfClosed = aboveIfClosed == NOT_KNOWN ? above : Math.min(aboveIfClosed, above);
    }

    /** Tells whether a plan asks for a closer look. */
    boolean isSearchNeeded(LeakPlan plan) {
        // Where a leak may be rare, no run says anything.
        boolean rare = plan.everyNthRun() > 1;
        Set<LeakKind> watched = plan.watch();
        return (opened || rare) && watched.contains(LeakKind.FILES)
                || (waiting || rare) && watched.contains(LeakKind.NATIVE_MEMORY);
    }

    /** Returns what was open before the test. */
    OpenLevel before() {
        return new OpenLevel(files, cleaners);
    }
}
