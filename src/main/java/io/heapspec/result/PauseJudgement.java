package io.heapspec.result;

import java.time.Duration;
import java.util.List;

/**
 * The verdict on a test that the garbage collector may pause only so often, or so long.
 *
 * <p>Immutable and thread-safe.
 *
 * @param reason why the verdict is what it is
 * @param detail the reason in words, in a form that follows a colon
 * @param limit what is allowed
 * @param pauses what Flight Recorder has recorded while the test's body ran, in order
 * @param counted how many pauses the JVM has counted meanwhile; some JVMs do not count all
 * @param allocatedBytes what the test's thread allocated meanwhile
 * @param askedBy the stack of the first call of {@code System.gc()}, innermost frame first; empty if there was none
 * @since 0.1
 */
public record PauseJudgement(
        Reason reason,
        String detail,
        PauseLimit limit,
        List<GcPause> pauses,
        long counted,
        long allocatedBytes,
        List<StackTraceElement> askedBy) {

    public PauseJudgement {
        pauses = List.copyOf(pauses);
        askedBy = List.copyOf(askedBy);
    }

    /** A test that failed or was aborted by itself. */
    public static PauseJudgement unjudged(PauseLimit limit, String detail) {
        return new PauseJudgement(Reason.TEST_FAILED, detail, limit, List.of(), 0, 0, List.of());
    }

    /** Returns what the reason leads to. */
    public Verdict verdict() {
        return reason.verdict();
    }

    /** Returns how long the recorded pauses were together. */
    public Duration total() {
        return pauses.stream().map(GcPause::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns how long the longest recorded pause was; zero if there is none. */
    public Duration longest() {
        return pauses.stream().map(GcPause::duration).reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
}
