package io.heapspec.internal.agent;

import java.io.Serial;

/** Says why code cannot be instrumented in this JVM, and what would change that. */
public final class AgentUnavailableException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public AgentUnavailableException(String message) {
        super(message);
    }

    /** Says why. */
    public AgentUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
