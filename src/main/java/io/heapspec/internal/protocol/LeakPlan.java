package io.heapspec.internal.protocol;

import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.internal.suppression.AllowRule;
import io.heapspec.internal.suppression.ExpectedLeak;
import io.heapspec.result.Finding;
import io.heapspec.result.LeakKind;
import io.heapspec.result.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is promised about one test, and how far to go to find out.
 *
 * @param watch which kinds of leak break the promise
 * @param allowed retention that does not break it
 * @param toleratedBytes growth per run up to which the promise holds, in bytes
 * @param everyNthRun how rare a leak must be caught: 1 is one that happens in every run
 * @param budget time for repetitions, after which the verdict is inconclusive
 * @param deadline time for a single repetition
 * @param dumps folder for heap dumps, each of which is deleted after reading
 * @param known tells whether what was found is known, and breaks no promise
 * @param failOn the least severe leak that breaks the promise
 * @param expected the leak without which the promise is broken; null where there should be none
 * @param screen whether a test whose first run left nothing behind passes without being repeated
 */
public record LeakPlan(
        Set<LeakKind> watch,
        List<AllowRule> allowed,
        long toleratedBytes,
        int everyNthRun,
        Duration budget,
        Duration deadline,
        Path dumps,
        Predicate<Finding> known,
        Severity failOn,
        @Nullable ExpectedLeak expected,
        boolean screen) {

    public LeakPlan {
        watch = Set.copyOf(watch);
        allowed = List.copyOf(allowed);
    }

    /** With nothing that is known or expected; every leak breaks the promise, and a test that leaves nothing behind passes. */
    public LeakPlan(
            Set<LeakKind> watch,
            List<AllowRule> allowed,
            long toleratedBytes,
            int everyNthRun,
            Duration budget,
            Duration deadline,
            Path dumps) {
        this(
                watch,
                allowed,
                toleratedBytes,
                everyNthRun,
                budget,
                deadline,
                dumps,
                found -> false,
                Severity.LOW,
                null,
                true);
    }

    /** Returns this plan with more that breaks no promise, and with a leak that is expected. */
    public LeakPlan with(List<AllowRule> more, Predicate<Finding> known, @Nullable ExpectedLeak expected) {
        return new LeakPlan(
                watch,
                Stream.concat(allowed.stream(), more.stream()).toList(),
                toleratedBytes,
                everyNthRun,
                budget,
                deadline,
                dumps,
                known,
                failOn,
                expected,
                screen);
    }

    /** Returns this plan, in which only leaks of some severity break the promise. */
    public LeakPlan failingOn(Severity least) {
        return new LeakPlan(
                watch, allowed, toleratedBytes, everyNthRun, budget, deadline, dumps, known, least, expected, screen);
    }

    /** Returns this plan, in which a test passes without being repeated, or does not, where its first run left nothing behind. */
    public LeakPlan screened(boolean passes) {
        return new LeakPlan(
                watch, allowed, toleratedBytes, everyNthRun, budget, deadline, dumps, known, failOn, expected, passes);
    }

    /** Returns what may be retained. */
    AllowedRetention retention() {
        return AllowedRetention.parse(
                allowed.stream().map(AllowRule::pattern).distinct().toList());
    }

    /**
     * Checks patterns of allowed retention, and returns them.
     *
     * @throws IllegalArgumentException naming the first pattern that cannot be read, and the syntax
     */
    public static List<String> checked(List<String> patterns) {
        AllowedRetention.parse(patterns);
        return patterns;
    }
}
