package io.heapspec.internal.protocol;

import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.result.LeakKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is promised about one test, and how far to go to find out.
 *
 * @param watch which kinds of leak break the promise
 * @param allowed patterns of retention that does not break it
 * @param toleratedBytes growth per run up to which the promise holds, in bytes
 * @param everyNthRun how rare a leak must be caught: 1 is one that happens in every run
 * @param budget time for repetitions, after which the verdict is inconclusive
 * @param deadline time for a single repetition
 * @param dumps folder for heap dumps, each of which is deleted after reading
 */
public record LeakPlan(
        Set<LeakKind> watch,
        List<String> allowed,
        long toleratedBytes,
        int everyNthRun,
        Duration budget,
        Duration deadline,
        Path dumps) {

    public LeakPlan {
        watch = Set.copyOf(watch);
        allowed = List.copyOf(allowed);
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
