package io.heapspec.heap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one sentence why a heap dump cannot be used: which file, what is wrong, and at which byte.
 *
 * @since 0.1
 */
public sealed class HeapDumpException extends IOException permits HeapTooSmallException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one sentence
     * @param cause what was thrown by the layer below, or null
     */
    public HeapDumpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
