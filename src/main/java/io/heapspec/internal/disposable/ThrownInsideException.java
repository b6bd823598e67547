package io.heapspec.internal.disposable;

import org.jspecify.annotations.Nullable;

/** Stands for a throwable that was thrown inside a disposable loader and cannot be made outside. Its message begins with the class of that. */
final class ThrownInsideException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ThrownInsideException(String text, @Nullable Throwable cause) {
        super(text, cause);
    }
}
