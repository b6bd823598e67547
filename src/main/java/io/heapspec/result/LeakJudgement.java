package io.heapspec.result;

import java.util.List;

/**
 * The verdict of {@code @NoLeak} on one test.
 *
 * @param reason why, which also gives the verdict
 * @param detail one sentence for the reader, with the figures behind the reason
 * @param sensitivity how often a leak must happen to have been caught: 1 means in every run, 13 means once in 13 runs
 * @param reruns how many times the test was repeated
 * @param leaks what piles up, largest first; empty unless the verdict is failed
 * @param unclosed what is left open though nothing holds it; empty unless the verdict is failed
 * @param blocks the blocks of repetitions, in order
 * @param costs what each step cost
 * @param suppressed what was found and does not fail the test
 * @param reconciliation what the three witnesses say of it
 * @param trace what Flight Recorder saw of a leak; empty for anything else
 * @since 0.1
 */
public record LeakJudgement(
        Reason reason,
        String detail,
        int sensitivity,
        int reruns,
        List<Leak> leaks,
        List<UnclosedResource> unclosed,
        List<Block> blocks,
        StepCosts costs,
        List<SuppressedLeak> suppressed,
        Reconciliation reconciliation,
        TraceFindings trace) {

    public LeakJudgement {
        leaks = List.copyOf(leaks);
        unclosed = List.copyOf(unclosed);
        blocks = List.copyOf(blocks);
        suppressed = List.copyOf(suppressed);
    }

    /** A judgement on a test that leaves nothing open, with nothing that is suppressed. */
    public LeakJudgement(
            Reason reason,
            String detail,
            int sensitivity,
            int reruns,
            List<Leak> leaks,
            List<Block> blocks,
            StepCosts costs) {
        this(reason, detail, sensitivity, reruns, leaks, List.of(), blocks, costs);
    }

    /** A judgement with nothing that is suppressed. */
    public LeakJudgement(
            Reason reason,
            String detail,
            int sensitivity,
            int reruns,
            List<Leak> leaks,
            List<UnclosedResource> unclosed,
            List<Block> blocks,
            StepCosts costs) {
        this(
                reason,
                detail,
                sensitivity,
                reruns,
                leaks,
                unclosed,
                blocks,
                costs,
                List.of(),
                Reconciliation.NONE,
                TraceFindings.NONE);
    }

    /** Returns the same judgement with what the witnesses say of it. */
    public LeakJudgement with(Reconciliation witnesses, TraceFindings traced) {
        return new LeakJudgement(
                reason, detail, sensitivity, reruns, leaks, unclosed, blocks, costs, suppressed, witnesses, traced);
    }

    /** Returns the verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
