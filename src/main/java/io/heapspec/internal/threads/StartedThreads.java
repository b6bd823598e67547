package io.heapspec.internal.threads;

import io.heapspec.result.LeakedThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which threads started within a scope: those that were not alive when it began. Keeps numbers only, and so no thread, and nothing that a
 * thread refers to. It costs a list of all threads.
 *
 * <p>Virtual threads are in no such list; those made since the scope began are its own.
 *
 * <p>Thread-safe.
 */
public final class StartedThreads {

    private final long[] aliveBefore;
    private final long first;
    private final List<Range> unwatched = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private long pausedAt = Long.MAX_VALUE;

    private StartedThreads(long[] aliveBefore, long first) {
        this.aliveBefore = aliveBefore;
        this.first = first;
    }

    /** Begins a scope. */
    public static StartedThreads fromNow() {
        long first = ThreadNumbers.next();
        long[] alive = PlatformThreads.alive().keySet().stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return new StartedThreads(alive, first);
    }

    /** Leaves out the threads that are made until {@link #resume}. */
    public synchronized void pause() {
        pausedAt = ThreadNumbers.next();
    }

    /** Ends a pause. */
    public synchronized void resume() {
        long now = ThreadNumbers.next();
        if (now > pausedAt + 1) {
            unwatched.add(new Range(pausedAt, now));
        }
        pausedAt = Long.MAX_VALUE;
    }

    /** Leaves out threads that were reported already. */
    public synchronized void leaveOut(Collection<LeakedThread> reported) {
        reported.forEach(thread -> known.add(thread.id()));
    }

    /** Returns the number that separates what was made before the scope from what was made in it. */
    long first() {
        return first;
    }

    boolean hasPlatform(long id) {
        return Arrays.binarySearch(aliveBefore, id) < 0 && isWatched(id);
    }

    boolean hasVirtual(long id) {
        return id > first && isWatched(id);
    }

    private synchronized boolean isWatched(long id) {
        return id < pausedAt
                && !known.contains(id)
                && unwatched.stream().noneMatch(range -> range.from() < id && id < range.to());
    }

    private record Range(long from, long to) {}
}
