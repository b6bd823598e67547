package io.heapspec.internal.protocol;

import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.Reason;
import java.time.Duration;
import java.util.List;

/**
 * What a test may allocate, and how that is found out.
 *
 * @param limits what it may allocate
 * @param warmUp how it is made warm
 * @param recording whether what it allocates is to be recorded, so that a count that is not certain is no answer
 * @param deadline time for one repetition
 * @param budget time for all of them
 */
public record AllocationPlan(
        List<LimitCheck> limits, WarmUp warmUp, boolean recording, Duration deadline, Duration budget) {

    public AllocationPlan {
        limits = List.copyOf(limits);
    }

    /** Tells whether all limits are about the thread that runs the test. */
    boolean isOfTestThread() {
        return limits.stream().allMatch(each -> each.limit().scope() == AllocationScope.TEST_THREAD);
    }

    /**
     * Holds a profile against each limit.
     *
     * @param othersSeen whether what other threads allocated would have been counted
     */
    List<LimitOutcome> outcomes(AllocationProfile profile, boolean othersSeen) {
        return limits.stream().map(limit -> limit.check(profile, othersSeen)).toList();
    }

    /** Says what follows from that. */
    Reason reason(List<LimitOutcome> outcomes) {
        if (outcomes.stream().anyMatch(LimitOutcome::isExceeded)) {
            return Reason.LIMIT_EXCEEDED;
        } else if (outcomes.stream().anyMatch(LimitOutcome::isBroken)) {
            return Reason.BASELINE_TOO_HIGH;
        }
        boolean kept = outcomes.stream().allMatch(LimitOutcome::isKept);
        boolean certain = !recording || outcomes.stream().allMatch(LimitOutcome::isOfItsClasses);
        return kept && certain ? Reason.WITHIN_LIMIT : Reason.NOT_CERTIFIED;
    }

    /** How a test is made warm before it is judged. */
    public sealed interface WarmUp {

        /** Not at all: what its one run allocates counts, all that it loads the first time included. */
        record None() implements WarmUp {}

        /**
         * It is repeated until two runs allocate the same.
         *
         * @param evenIfKept whether that is done where its first run keeps all limits, too
         */
        record UntilSettled(boolean evenIfKept) implements WarmUp {

            boolean spares(boolean firstRunKeepsAll) {
                return firstRunKeepsAll && !evenIfKept;
            }
        }

        /**
         * Its body is repeated so often before it is measured.
         *
         * @param times how often
         */
        record Times(int times) implements WarmUp {}
    }
}
