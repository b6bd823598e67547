package io.heapspec.internal.protocol;

import io.heapspec.internal.disposable.DisposedLoader;

/** Runs a test once more, in another loader, and the cure after it. */
@FunctionalInterface
public interface CuredRun {

    /**
     * Runs it.
     *
     * @return the loader
     * @throws RepetitionFailedException if the test fails this time, or the cure does
     */
    DisposedLoader run() throws RepetitionFailedException;
}
