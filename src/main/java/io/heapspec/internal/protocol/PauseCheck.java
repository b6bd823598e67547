package io.heapspec.internal.protocol;

import io.heapspec.internal.util.Durations;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import io.heapspec.result.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the witnesses say of pauses against a limit.
 *
 * <p>The trace may have pauses that the counters do not: JDK 17 counts none of the two that G1 needs to mark concurrently. The other way round, the trace has
 * missed some, and how long they were is not known: the verdict is that of what is known, if that breaks the limit, and inconclusive if it does not.
 *
 * @param limit what is allowed
 */
record PauseCheck(PauseLimit limit) {

    PauseJudgement judge(PauseReading reading) {
        PauseJudgement known = judgement(reading, Reason.WITHIN_LIMIT, "");
        return judgement(reading, reason(reading, known), sentence(known, reading));
    }

    private Reason reason(PauseReading reading, PauseJudgement known) {
        if (isAbove(known.longest(), limit.longest()) || isAbove(known.total(), limit.total())) {
            return Reason.LIMIT_EXCEEDED;
        }
        boolean traced = reading.missing().isEmpty();
        // One witness has seen so many for sure.
        long sure = traced ? reading.pauses().size() : reading.counted();
        if (sure > limit.count()) {
            return Reason.LIMIT_EXCEEDED;
        }
        boolean allKnown = reading.counted() == 0 || traced && reading.pauses().size() >= reading.counted();
        if (allKnown || limit.isOfCountOnly() && reading.counted() <= limit.count()) {
            return Reason.WITHIN_LIMIT;
        }
        return traced ? Reason.NOT_CERTIFIED : Reason.NO_TRACE;
    }

    private PauseJudgement judgement(PauseReading reading, Reason reason, String detail) {
        return new PauseJudgement(
                reason,
                detail,
                limit,
                reading.pauses(),
                reading.counted(),
                reading.allocatedBytes(),
                reading.askedBy());
    }

    private static boolean isAbove(Duration measured, @Nullable Duration allowed) {
        return allowed != null && measured.compareTo(allowed) > 0;
    }

    private static String sentence(PauseJudgement known, PauseReading reading) {
        int traced = known.pauses().size();
        if (!reading.missing().isEmpty()) {
            return pauses(reading.counted()) + " by the JVM's counters, and no trace of them: " + reading.missing();
        }
        String text = traced == 0
                ? "no pause"
                : pauses(traced) + " of " + Durations.millis(known.total()) + " in all, the longest "
                        + Durations.millis(known.longest());
        return reading.counted() > traced
                ? text + ", by the trace; but " + reading.counted() + " by the JVM's counters"
                : text;
    }

    private static String pauses(long count) {
        return count + (count == 1 ? " pause" : " pauses");
    }
}
