package io.heapspec.internal.census;

import org.jspecify.annotations.Nullable;

/** This JVM gives no class histogram. The message says why. */
public final class HistogramUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    HistogramUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
