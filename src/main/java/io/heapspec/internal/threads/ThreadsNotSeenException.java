package io.heapspec.internal.threads;

/** This JVM does not say which virtual threads it has. */
final class ThreadsNotSeenException extends Exception {

    private static final long serialVersionUID = 1L;

    ThreadsNotSeenException(String why) {
        super(why, null, false, false);
    }
}
