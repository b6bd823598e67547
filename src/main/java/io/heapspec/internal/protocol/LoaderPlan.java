package io.heapspec.internal.protocol;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is promised about the class loader of a test.
 *
 * @param cure name of the class that lets the loader go; empty if it has to go by itself
 * @param expected why the loader is kept, if that is expected; else empty
 * @param patience how long it may be kept by what is about to end
 * @param dumps folder for heap dumps
 */
public record LoaderPlan(String cure, String expected, Duration patience, Path dumps) {

    boolean isOfCure() {
        return !cure.isEmpty();
    }

    boolean expectsLeak() {
        return !expected.isEmpty();
    }
}
