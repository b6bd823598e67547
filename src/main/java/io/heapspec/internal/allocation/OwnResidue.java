package io.heapspec.internal.allocation;

import io.heapspec.internal.census.Census;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What taking a histogram leaves on the heap, as the empty windows of this JVM show it: the least of those that took the thread as many bytes,
 * since other threads can only add to it.
 *
 * <p>How much it is depends on how long the text of the histogram is, and that changes with every class that is loaded. Not thread-safe.
 */
final class OwnResidue {

    private static final int REMEMBERED = 8;

    private final Map<Long, Census> leastByBytes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Census> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Learns from an empty window.
     *
     * @param empty what the histogram saw more of after it than before
     * @param bytes what the thread allocated in it
     * @return the least that was ever seen of such a window
     */
    Census least(Census empty, long bytes) {
        return leastByBytes.merge(bytes, empty, Census::least);
    }
}
