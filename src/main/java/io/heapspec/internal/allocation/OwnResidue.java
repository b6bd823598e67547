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

    private final long[] bytes = new long[REMEMBERED];
    private final Census[] least = new Census[REMEMBERED];
    private final boolean[] certain = new boolean[REMEMBERED];
    private int next;

    OwnResidue() {
        Arrays.fill(bytes, -1);
        Arrays.fill(least, new Census(new long[0], new long[0]));
    }

    /**
     * Learns from an empty window.
     *
     * @param empty what the histogram saw more of after it than before
     * @param took what the thread allocated in it
     * @return the least that was ever seen of such a window
     */
    Census learn(Census empty, long took, GapClass gaps) {
        int at = indexOf(took);
        if (at < 0) {
            at = next++ % REMEMBERED;
            bytes[at] = took;
            least[at] = empty;
        } else {
            least[at] = least[at].least(empty);
        }
        certain[at] = gaps.bytesBeside(least[at]) == took;
        return least[at];
    }

    /** Tells whether it is certain what a window leaves that takes the thread so many bytes: exactly what it takes. */
    boolean isCertain(long took) {
        int at = indexOf(took);
        return at >= 0 && certain[at];
    }

    /** Returns what such a window leaves. */
    Census of(long took) {
        return least[indexOf(took)];
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
