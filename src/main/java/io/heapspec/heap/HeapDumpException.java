package io.heapspec.heap;

import java.io.IOException;

/**
 * Says in one sentence why a heap dump cannot be used: which file, what is wrong, and at which byte.
 *
 * @since 0.1
 */
public final class HeapDumpException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one sentence
     * @param cause what was thrown by the layer below
     */
    public HeapDumpException(String message, Throwable cause) {
        super(message, cause);
    }
}
