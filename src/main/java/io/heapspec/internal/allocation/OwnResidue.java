package io.heapspec.internal.allocation;

import io.heapspec.internal.census.Census;
import java.util.Arrays;

/**
 * What taking a histogram leaves on the heap, as the empty windows of this JVM show it: the least of those that took the thread as many bytes,
 * since other threads can only add to it.
 *
 * <p>How much it is depends on how long the text of the histogram is, and that changes with every class that is loaded. Asking allocates
 * nothing, since it happens where allocations are counted. Not thread-safe.
 */
final class OwnResidue {

    private static final int REMEMBERED = 8;

    /** Another thread that begins a buffer in a window has a gap in it; in as many, one after the other, hardly one does. */
    private static final int WINDOWS_FOR_GAPS = 3;

    private final long[] bytes = new long[REMEMBERED];
    /** Of the windows, as they were. */
    private final Census[] least = new Census[REMEMBERED];
    /** The same without what other threads are known to allocate. */
    private final Census[] own = new Census[REMEMBERED];

    private final int[] windows = new int[REMEMBERED];
    private final boolean[] certain = new boolean[REMEMBERED];
    private int next;

    OwnResidue() {
        Arrays.fill(bytes, -1);
        Arrays.fill(least, new Census(new long[0], new long[0]));
        Arrays.fill(own, least[0]);
    }

    /**
     * Learns from an empty window.
     *
     * @param empty what the histogram saw more of after it than before
     * @param took what the thread allocated in it
     * @param company what other threads are known to allocate in every window
     * @return the least that was ever seen of such a window, without what is known to be of other threads
     */
    Census learn(Census empty, long took, GapClass gaps, Company company) {
        int at = indexOf(took);
        if (at < 0) {
            at = next++ % REMEMBERED;
            bytes[at] = took;
            least[at] = empty;
            windows[at] = 0;
        } else {
            least[at] = least[at].least(empty);
        }
        windows[at]++;
        review(at, gaps, company);
        return own[at];
    }

    /** Takes what is known of other threads now into account. */
    void review(GapClass gaps, Company company) {
        for (int i = 0; i < REMEMBERED; i++) {
            review(i, gaps, company);
        }
    }

    private void review(int at, GapClass gaps, Company company) {
        long beside = gaps.bytesBeside(least[at]);
        own[at] = beside > bytes[at]
                ? least[at].minus(company.shareOf(least[at], strangers -> beside - strangers == bytes[at])
                        .strangers())
                : least[at];
        boolean gapsAreCertain =
                gaps.id() == GapClass.NONE || least[at].count(gaps.id()) == 0 || windows[at] >= WINDOWS_FOR_GAPS;
        certain[at] = gapsAreCertain && gaps.bytesBeside(own[at]) == bytes[at];
    }

    /** Tells whether it is certain what a window leaves that takes the thread so many bytes: exactly what it takes. */
    boolean isCertain(long took) {
        int at = indexOf(took);
        return at >= 0 && certain[at];
    }

    /** Returns what such a window leaves. */
    Census of(long took) {
        return own[indexOf(took)];
    }

    private int indexOf(long took) {
        for (int i = 0; i < REMEMBERED; i++) {
            if (bytes[i] == took) {
                return i;
            }
        }
        return -1;
    }
}
