package io.heapspec.result;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a test may be paused by the garbage collector.
 *
 * <p>Immutable and thread-safe.
 *
 * @param count how many pauses, 0 or more; {@link #NONE} for any number
 * @param longest how long each may be; null for any length
 * @param total how long all may be together; null for any length
 * @since 0.1
 */
public record PauseLimit(
        long count, @Nullable Duration longest, @Nullable Duration total) {

    /** No limit. */
    public static final long NONE = Long.MAX_VALUE;

    /** Tells whether any number of any length is allowed. */
    public boolean isUnlimited() {
        return count == NONE && longest == null && total == null;
    }

    /** Returns what both allow. */
    public PauseLimit and(PauseLimit other) {
        return new PauseLimit(
                Math.min(count, other.count), shorter(longest, other.longest), shorter(total, other.total));
    }

    private static @Nullable Duration shorter(@Nullable Duration a, @Nullable Duration b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) <= 0 ? a : b;
    }
}
