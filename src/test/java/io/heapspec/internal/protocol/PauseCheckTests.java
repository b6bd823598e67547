package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.GcPause;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import io.heapspec.result.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PauseCheckTests {

    private static final PauseLimit NONE = new PauseLimit(0, null, null);
    private static final PauseLimit SHORT = new PauseLimit(PauseLimit.NONE, Duration.ofMillis(10), null);

    @Test
    void isKeptWhereBothWitnessesSeeNothing() {
        assertThat(judged(NONE, 0)).isEqualTo("WITHIN_LIMIT: no pause");
        assertThat(judged(SHORT, 0)).isEqualTo("WITHIN_LIMIT: no pause");
    }

    @Test
    void isBrokenByTheNumberTheLengthOrTheSum() {
        assertThat(judged(NONE, 1, 3)).isEqualTo("LIMIT_EXCEEDED: 1 pause of 3 ms in all, the longest 3 ms");
        assertThat(judged(limit(2, null, null), 3, 3, 4, 5))
                .isEqualTo("LIMIT_EXCEEDED: 3 pauses of 12 ms in all, the longest 5 ms");
        assertThat(judged(SHORT, 2, 10, 11)).startsWith("LIMIT_EXCEEDED");
        assertThat(judged(SHORT, 2, 10, 10)).startsWith("WITHIN_LIMIT");
        assertThat(judged(limit(PauseLimit.NONE, null, 20L), 2, 10, 10)).startsWith("WITHIN_LIMIT");
        assertThat(judged(limit(PauseLimit.NONE, null, 20L), 2, 10, 11)).startsWith("LIMIT_EXCEEDED");
    }

    /** JDK 17 counts no pause that G1 marks with, and one more where a young collection of Serial gives up. */
    @Test
    void believesATraceThatHasPausesWhateverTheirCountedNumber() {
        assertThat(judged(limit(1, null, null), 1, 3, 4)).startsWith("LIMIT_EXCEEDED: 2 pauses");
        assertThat(judged(limit(2, null, null), 1, 3, 4)).startsWith("WITHIN_LIMIT: 2 pauses");
        assertThat(judged(limit(2, null, null), 3, 3, 4))
                .isEqualTo("WITHIN_LIMIT: 2 pauses of 7 ms in all, the longest 4 ms");
        assertThat(judged(SHORT, 2, 3)).startsWith("WITHIN_LIMIT");
    }

    @Test
    void isUndecidedWhereTheTraceLacksPauses() {
        assertThat(judged(NONE, 2)).isEqualTo("NOT_CERTIFIED: no pause, by the trace; but 2 by the JVM's counters");
        assertThat(judged(SHORT, 2)).startsWith("NOT_CERTIFIED");
    }

    /** Without a collection after all of these, pauses of one that goes on may be missing. */
    @Test
    void isUndecidedWhereTheTraceMayHaveEndedTooEarly() {
        assertThat(judged(limit(2, null, null), false, 1, 3)).startsWith("NOT_CERTIFIED: 1 pause of 3 ms");
        assertThat(judged(SHORT, false, 1, 3)).startsWith("NOT_CERTIFIED");
        // What it has decides.
        assertThat(judged(SHORT, false, 2, 11)).startsWith("LIMIT_EXCEEDED");
        assertThat(judged(NONE, false, 1, 3)).startsWith("LIMIT_EXCEEDED");
        assertThat(judged(NONE, false, 0)).startsWith("WITHIN_LIMIT");
    }

    @Test
    void asksTheCountersAloneWhereThereIsNoTrace() {
        assertThat(untraced(NONE, 0)).isEqualTo(Reason.WITHIN_LIMIT);
        assertThat(untraced(SHORT, 0)).isEqualTo(Reason.WITHIN_LIMIT);
        assertThat(untraced(NONE, 1)).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(untraced(limit(2, null, null), 2)).isEqualTo(Reason.NO_TRACE);
        assertThat(untraced(limit(2, null, null), 3)).isEqualTo(Reason.NO_TRACE);
        assertThat(untraced(SHORT, 1)).isEqualTo(Reason.NO_TRACE);
        assertThat(new PauseCheck(SHORT)
                        .judge(PauseReading.ofCounters(1, 0).untraced("it does not start"))
                        .detail())
                .isEqualTo("1 pause by the JVM's counters, and no trace of them: it does not start");
    }

    @Test
    void allowsWhatSeveralLimitsAllow() {
        assertThat(limit(3, 10L, null).and(limit(5, 4L, 20L))).isEqualTo(limit(3, 4L, 20L));
        assertThat(limit(PauseLimit.NONE, null, 7L).and(limit(0, null, 9L))).isEqualTo(limit(0, null, 7L));
    }

    private static PauseLimit limit(long count, @Nullable Long longest, @Nullable Long total) {
        return new PauseLimit(
                count,
                longest == null ? null : Duration.ofMillis(longest),
                total == null ? null : Duration.ofMillis(total));
    }

    private static Reason untraced(PauseLimit limit, long counted) {
        return new PauseCheck(limit)
                .judge(PauseReading.ofCounters(counted, 0).untraced("it does not start"))
                .reason();
    }

    private static String judged(PauseLimit limit, long counted, int... millis) {
        return judged(limit, true, counted, millis);
    }

    private static String judged(PauseLimit limit, boolean fenced, long counted, int... millis) {
        List<GcPause> pauses = IntStream.of(millis)
                .mapToObj(each -> new GcPause("GC Pause", "G1New", "", Duration.ofMillis(each), 0, 0))
                .toList();
        PauseJudgement judgement =
                new PauseCheck(limit).judge(PauseReading.ofCounters(counted, 0).with(pauses, fenced, List.of()));
        return judgement.reason() + ": " + judgement.detail();
    }
}
