package io.heapspec.internal.suppression;

/** A suppression cannot be read or written; the message names where it stands, the problem, and what is allowed. */
public final class SuppressionException extends Exception {

    private static final long serialVersionUID = 1;

    SuppressionException(String message) {
        super(message);
    }

    SuppressionException(String message, Throwable cause) {
        super(message, cause);
    }
}
