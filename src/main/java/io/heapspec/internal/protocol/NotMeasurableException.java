package io.heapspec.internal.protocol;

import io.heapspec.result.Reason;
import org.jspecify.annotations.Nullable;

/** A verdict cannot be reached here. Carries the reason and one sentence for the reader. */
public final class NotMeasurableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public NotMeasurableException(Reason reason, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns why no verdict can be reached. */
    public Reason reason() {
        return reason;
    }
}
