package io.heapspec.internal.trace;

/** There is no recording, or it cannot be read. The message says why, in a form that follows "no trace: ". */
public final class TraceUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public TraceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public TraceUnavailableException(String message) {
        super(message);
    }
}
