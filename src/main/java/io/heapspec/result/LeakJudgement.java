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
        StepCosts costs) {

    public LeakJudgement {
        leaks = List.copyOf(leaks);
        unclosed = List.copyOf(unclosed);
        blocks = List.copyOf(blocks);
    }

    /** A judgement on a test that leaves nothing open. */
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

    /** Returns the verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
