package io.heapspec.internal.baseline;

/** There is no baseline that could be compared with or written, and the message says why, as the rest of a sentence. */
public final class BaselineException extends Exception {

    private static final long serialVersionUID = 1;

    public BaselineException(String message) {
        super(message);
    }

    BaselineException(String message, Throwable cause) {
        super(message, cause);
    }
}
