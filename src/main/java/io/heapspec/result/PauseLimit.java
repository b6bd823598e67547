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

    /** Tells whether only the number of pauses is limited. */
    public boolean isOfCountOnly() {
        return longest == null && total == null;
    }
}
