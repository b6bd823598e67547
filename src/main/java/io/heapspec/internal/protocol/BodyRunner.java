package io.heapspec.internal.protocol;

import io.heapspec.internal.allocation.AllocationWindow;

/** Runs the body of a test that is repeated. */
@FunctionalInterface
public interface BodyRunner {

    /**
     * Runs it.
     *
     * @throws Throwable what the body throws
     */
    void run(AllocationWindow.Body body) throws Throwable;
}
