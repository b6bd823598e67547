package io.heapspec.internal.allocation;

import io.heapspec.internal.allocation.HeapReader.EmptyWindow;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;

/**
 * What other threads allocate at intervals so short that no window is without it: a timer's tick, a poll. (Flight Recorder's own thread makes
 * one iterator every ten milliseconds on JDK 17, once anything was recorded in a JVM.)
 *
 * <p>Such a thread makes the same each time. It is learned from windows that wait, and others that do not: what the longer ones have more of
 * is of other threads, and the common measure of what comes together is a round of one of them. In a body's window it is then known for
 * certain wherever the bytes that the thread itself allocated leave one number of rounds only.
 *
 * <p>Not thread-safe.
 */
final class Company {

    /** Of several lengths, in nanoseconds: rounds that all of them have as many of would be taken for one. */
    private static final long[] PAUSES = {0, 17_000_000, 0, 29_000_000, 43_000_000};

    /** Where more is possible, nothing is certain. */
    private static final int MOST_TRIED = 10_000;

    private static final Census NOTHING = new Census(new long[0], new long[0]);

    private final List<Round> rounds = new ArrayList<>();

    /** Looks for what other threads do while this one waits. */
    void observe(HeapReader reader, ClassTable classes) {
        saw(reader.emptyWindows(PAUSES), GapClass.of(classes).id());
    }

    /** @param gap the class that gaps are counted as, which are nobody's */
    void saw(List<EmptyWindow> windows, int gap) {
        IntPredicate once = id -> id == gap || !isInEachThatWaits(id, windows);
        List<Census> strangers = new ArrayList<>();
        for (EmptyWindow longer : windows) {
            for (EmptyWindow shorter : windows) {
                if (longer.pause() > shorter.pause() && longer.bytes() == shorter.bytes()) {
                    strangers.add(longer.seen().minus(shorter.seen()).without(once));
                }
            }
        }
        saw(strangers);
    }

    /**
     * Tells whether a class is in two windows at least that wait, and in all of them: what happens once, as when a build tool's thread writes what a test
     * has printed, is in one, and that is longer than several others.
     */
    private static boolean isInEachThatWaits(int id, List<EmptyWindow> windows) {
        int waiting = 0;
        for (EmptyWindow window : windows) {
            if (window.pause() > 0) {
                waiting++;
                if (window.seen().count(id) <= leastWithoutWaiting(id, windows)) {
                    return false;
                }
            }
        }
        return waiting >= 2;
    }

    private static long leastWithoutWaiting(int id, List<EmptyWindow> windows) {
        return windows.stream()
                .filter(window -> window.pause() == 0)
                .mapToLong(window -> window.seen().count(id))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Learns from what others allocated in some times. What is not seen this time is kept, since it may come less often. */
    void saw(List<Census> strangers) {
        for (Round round : Round.in(strangers)) {
            rounds.removeIf(round::sharesClassWith);
            rounds.add(round);
        }
    }

    /**
     * Returns what a census may have of other threads.
     *
     * @param fits tells whether so many bytes may be of other threads
     */
    Share shareOf(Census seen, LongPredicate fits) {
        int[] most = new int[rounds.size()];
        long combinations = 1;
        long mostBytes = 0;
        for (int i = 0; i < most.length; i++) {
            most[i] = rounds.get(i).mostIn(seen);
            mostBytes += most[i] * rounds.get(i).bytes();
            combinations = Math.min(MOST_TRIED + 1L, combinations * (most[i] + 1L));
        }
        if (combinations > MOST_TRIED) {
            return new Share(mostBytes, NOTHING);
        }
        int[] times = new int[most.length];
        int[] found = times.clone();
        int possible = 0;
        long largest = 0;
        do {
            long bytes = 0;
            for (int i = 0; i < times.length; i++) {
                bytes += times[i] * rounds.get(i).bytes();
            }
            if (fits.test(bytes)) {
                possible++;
                largest = Math.max(largest, bytes);
                found = times.clone();
            }
        } while (next(times, most));
        return possible == 1 ? new Share(0, sum(found)) : new Share(largest, NOTHING);
    }

    /** Counts on, as an odometer does. */
    private static boolean next(int[] times, int[] most) {
        for (int i = 0; i < times.length; i++) {
            if (times[i] < most[i]) {
                times[i]++;
                return true;
            }
            times[i] = 0;
        }
        return false;
    }

    private Census sum(int[] times) {
        Census sum = NOTHING;
        for (int i = 0; i < times.length; i++) {
            sum = times[i] == 0 ? sum : sum.plus(rounds.get(i).times(times[i]));
        }
        return sum;
    }

    /**
     * How much of a census is of other threads.
     *
     * @param uncertain how many bytes may be of others, where they can be explained in more than one way; 0 otherwise
     * @param strangers what is of others, where there is one way only
     */
    record Share(long uncertain, Census strangers) {}
}
