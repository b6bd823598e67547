package io.heapspec.internal.protocol;

/** The body under test, as something that can be run again. */
@FunctionalInterface
public interface Repetition {

    /**
     * Runs the body once more.
     *
     * @throws RepetitionFailedException if it could not be run, or failed where the first run passed
     */
    void run() throws RepetitionFailedException;
}
