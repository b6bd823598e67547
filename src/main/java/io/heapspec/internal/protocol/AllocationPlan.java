package io.heapspec.internal.protocol;

import io.heapspec.result.AllocationScope;
import java.time.Duration;
import java.util.List;

/**
 * What a test may allocate, and how that is found out.
 *
 * @param limits what it may allocate
 * @param warmUp how it is made warm
 * @param deadline time for one repetition
 * @param budget time for all of them
 */
public record AllocationPlan(List<LimitCheck> limits, WarmUp warmUp, Duration deadline, Duration budget) {

    public AllocationPlan {
        limits = List.copyOf(limits);
    }

    /** Tells whether all limits are about the thread that runs the test. */
    boolean isOfTestThread() {
        return limits.stream().allMatch(each -> each.limit().scope() == AllocationScope.TEST_THREAD);
    }

    /** How a test is made warm before it is judged. */
    public sealed interface WarmUp {

        /** Not at all: what its one run allocates counts, all that it loads the first time included. */
        record None() implements WarmUp {}

        /** If its first run breaks a limit, it is repeated until two runs allocate the same. */
        record UntilSettled() implements WarmUp {}

        /**
         * Its body is repeated so often before it is measured.
         *
         * @param times how often
         */
        record Times(int times) implements WarmUp {}
    }
}
