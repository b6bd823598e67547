package io.heapspec.internal.suppression;

/**
 * A leak that a test documents.
 *
 * @param reason why it is still there
 * @param fingerprint which it is; empty for any
 */
public record ExpectedLeak(String reason, String fingerprint) {

    /** Tells whether this is the leak that is expected, or one of them. */
    public boolean is(String other) {
        return fingerprint.isEmpty() || fingerprint.equals(other);
    }

    /** Returns which leak is meant, for a reader. */
    public String text() {
        return fingerprint.isEmpty() ? "no leak" : "no leak " + fingerprint;
    }
}
