package io.heapspec;

import io.heapspec.Configuration.BaselineUse;
import io.heapspec.internal.allocation.Reading;
import io.heapspec.internal.baseline.BaselineException;
import io.heapspec.internal.baseline.BaselineFile;
import io.heapspec.internal.baseline.BaselineKey;
import io.heapspec.internal.protocol.AllocationPlan;
import io.heapspec.internal.protocol.AllocationPlan.WarmUp;
import io.heapspec.internal.protocol.AllocationProtocol;
import io.heapspec.internal.protocol.LimitCheck;
import io.heapspec.internal.protocol.MeasuredTest;
import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.Reason;
import io.heapspec.result.RecordedAllocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is promised of the allocations of a test: to keep limits that are declared, and such as were recorded as its baseline. Baselines are
 * looked up when it is judged: a test that fails by itself needs none.
 *
 * @param declared limits that are declared
 * @param recorded what is compared with the baseline; without numbers
 * @param warmUp how the test is made warm
 * @param file where its baseline is
 * @param configuration times, and what baselines are used for
 */
record AllocationPromise(
        List<LimitCheck> declared,
        List<LimitCheck> recorded,
        WarmUp warmUp,
        BaselineFile file,
        Configuration configuration) {

    /**
     * Judges a test by it.
     *
     * @param first what its own run allocated; null if that could not be counted
     * @param name the test within the file of its baseline
     */
    AllocationJudgement judge(AllocationProtocol protocol, @Nullable Reading first, MeasuredTest test, String name) {
        if (recorded.isEmpty()) {
            return protocol.judge(plan(declared, warmUp, false), first, test);
        }
        BaselineUse use = configuration.baselineUse();
        if (use == BaselineUse.WRITE) {
            return written(protocol.judge(recordingPlan(), first, test), name);
        }
        boolean exact = use == BaselineUse.EXACT;
        try {
            List<LimitCheck> limits = new ArrayList<>(declared);
            for (LimitCheck each : recorded) {
                limits.add(each.recorded(find(each, name), exact));
            }
            return compared(protocol.judge(plan(limits, exact ? settled() : warmUp, false), first, test));
        } catch (BaselineException e) {
            return missing(protocol.judge(recordingPlan(), first, test), String.valueOf(e.getMessage()));
        }
    }

    private AllocationPlan plan(List<LimitCheck> limits, WarmUp warm, boolean recording) {
        return new AllocationPlan(limits, warm, recording, configuration.deadline(), configuration.budget());
    }

    private AllocationPlan recordingPlan() {
        return plan(Stream.concat(declared.stream(), recorded.stream()).toList(), settled(), true);
    }

    /** What is compared exactly must not depend on what ran before: only warm runs are alike. */
    private WarmUp settled() {
        return warmUp instanceof WarmUp.UntilSettled ? new WarmUp.UntilSettled(true) : warmUp;
    }

    private RecordedAllocations find(LimitCheck check, String name) throws BaselineException {
        Optional<RecordedAllocations> found = file.find(key(check, name));
        if (found.isEmpty()) {
            throw new BaselineException("has none for it");
        }
        return found.get();
    }

    private static BaselineKey key(LimitCheck check, String name) {
        return new BaselineKey(name, check.limit().ofClass(), check.limit().scope());
    }

    private AllocationJudgement written(AllocationJudgement judgement, String name) {
        if (judgement.reason() != Reason.WITHIN_LIMIT) {
            return judgement;
        }
        Map<BaselineKey, List<ClassAllocations>> allocations = new TreeMap<>();
        for (int i = 0; i < recorded.size(); i++) {
            LimitOutcome outcome = judgement.outcomes().get(declared.size() + i);
            allocations.put(key(recorded.get(i), name), outcome.classes());
        }
        try {
            file.record(allocations);
        } catch (BaselineException e) {
            return missing(judgement, String.valueOf(e.getMessage()));
        }
        return judgement.because(Reason.RECORDED, "recorded in " + file.name() + "; " + judgement.detail());
    }

    /** A test that breaks a limit, or could not be measured, has that to say first. */
    private AllocationJudgement missing(AllocationJudgement judgement, String why) {
        boolean measured = judgement.reason() == Reason.WITHIN_LIMIT || judgement.reason() == Reason.NOT_CERTIFIED;
        return measured ? judgement.because(Reason.NO_BASELINE, "its file " + file.name() + " " + why) : judgement;
    }

    private AllocationJudgement compared(AllocationJudgement judgement) {
        boolean elsewhere = judgement.outcomes().stream()
                .filter(LimitOutcome::isBroken)
                .allMatch(each -> isOfAnotherEnvironment(each.limit().baseline()));
        return switch (judgement.reason()) {
            case LIMIT_EXCEEDED, BASELINE_TOO_HIGH ->
                elsewhere ? judgement.because(Reason.OTHER_ENVIRONMENT, judgement.detail()) : judgement;
            case WITHIN_LIMIT ->
                judgement.outcomes().stream().anyMatch(AllocationPromise::isImprovement)
                        ? judgement.because(
                                Reason.IMPROVED, judgement.detail() + "; heapspec.baseline=write records it")
                        : judgement;
            default -> judgement;
        };
    }

    private static boolean isOfAnotherEnvironment(@Nullable RecordedAllocations baseline) {
        return baseline != null && !baseline.here();
    }

    private static boolean isImprovement(LimitOutcome outcome) {
        RecordedAllocations baseline = outcome.limit().baseline();
        return baseline != null && baseline.here() && outcome.isBelow();
    }
}
