package io.heapspec.result;

import java.util.List;

/**
 * The verdict on what one test allocates.
 *
 * @param reason why it is what it is
 * @param detail the reason in words
 * @param outcomes each limit with what was allocated of it; empty if nothing was measured
 * @param profile what was allocated, in the run that counts
 * @param observed bytes that the thread allocated in each run that was measured, in order; the first is the test's own
 * @param reruns how many times the test was repeated, warm-ups included
 * @param millis what measuring and judging cost beside the test itself
 * @since 0.1
 */
public record AllocationJudgement(
        Reason reason,
        String detail,
        List<LimitOutcome> outcomes,
        AllocationProfile profile,
        List<Long> observed,
        int reruns,
        double millis) {

    public AllocationJudgement {
        outcomes = List.copyOf(outcomes);
        observed = List.copyOf(observed);
    }

    /** Returns the judgement on a test that was not measured. */
    public static AllocationJudgement unjudged(Reason reason, String detail, int reruns, double millis) {
        AllocationProfile nothing = new AllocationProfile(List.of(), 0, new Certification.NotSeen(0));
        return new AllocationJudgement(reason, detail, List.of(), nothing, List.of(), reruns, millis);
    }

    /** Returns the judgement on the same measurement for another reason. */
    public AllocationJudgement because(Reason other, String why) {
        return new AllocationJudgement(other, why, outcomes, profile, observed, reruns, millis);
    }

    /** Returns the verdict. */
    public Verdict verdict() {
        return reason.verdict();
    }
}
