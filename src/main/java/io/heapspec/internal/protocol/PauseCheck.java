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
 * <p>That there was no pause, the counters know for sure. How many there were, they do not: JDK 17 counts none of the two that G1 needs to mark, and with Serial
 * one more for a young collection that gave up. So the trace decides, where it has seen a collection after all of these; and where it has no pause though the
 * counters have one, nobody knows.
 *
 * @param limit what is allowed
 */
record PauseCheck(PauseLimit limit) {

    PauseJudgement judge(PauseReading reading) {
        PauseJudgement known = judgement(reading, Reason.WITHIN_LIMIT, "");
        return judgement(reading, reason(reading, known), sentence(known, reading));
    }

    private Reason reason(PauseReading reading, PauseJudgement known) {
        boolean broken = reading.pauses().size() > limit.count()
                || isAbove(known.longest(), limit.longest())
                || isAbove(known.total(), limit.total());
        if (broken) {
            return Reason.LIMIT_EXCEEDED;
        } else if (reading.counted() == 0
                || reading.fenced() && !reading.pauses().isEmpty()) {
            return Reason.WITHIN_LIMIT;
        } else if (reading.missing().isEmpty()) {
            return Reason.NOT_CERTIFIED;
        }
        return limit.count() == 0 ? Reason.LIMIT_EXCEEDED : Reason.NO_TRACE;
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
        boolean complete = reading.counted() == 0 || reading.fenced() && traced > 0;
        return complete ? text : text + ", by the trace; but " + reading.counted() + " by the JVM's counters";
    }

    private static String pauses(long count) {
        return count + (count == 1 ? " pause" : " pauses");
    }
}
