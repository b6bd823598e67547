package io.heapspec.internal.protocol;

import org.jspecify.annotations.Nullable;

/** A repetition could not be run, or failed where the first run passed. Keeps text only, never the test's own exception. */
public final class RepetitionFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param failure what the repetition failed with, as one line of text */
    public RepetitionFailedException(@Nullable String failure) {
        super(failure, null, false, false);
    }

    /** Describes a failure without keeping it: an exception holds on to values of the test. */
    public static RepetitionFailedException causedBy(Throwable failure) {
        String message = failure.getMessage();
        String line = message == null ? "" : ": " + message.lines().findFirst().orElse("");
        return new RepetitionFailedException(failure.getClass().getName() + line);
    }
}
