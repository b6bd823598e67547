package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.GcPause;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import io.heapspec.result.Reason;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseMessageTests {

    private static final TestName TEST = new TestName(
            "[engine:junit-jupiter]/[class:com.acme.ReportTests]", "com.acme.ReportTests", "renders", "", "");

    private static final GcPause YOUNG =
            new GcPause("GC Pause", "G1New", "G1 Evacuation Pause", Duration.ofMillis(3), 130L << 20, 4L << 20);
    private static final GcPause FULL =
            new GcPause("GC Pause", "G1Full", "System.gc()", Duration.ofMillis(12), 90L << 20, 3L << 20);
    private static final GcPause MARKING = new GcPause(
            "Pause Mark Start", "ZGC Major", "Allocation Rate", Duration.ofNanos(9_000), 12L << 20, 10L << 20);

    private static final List<StackTraceElement> ASKED = List.of(
            new StackTraceElement("java.lang.System", "gc", null, 100),
            new StackTraceElement("com.acme.Report", "tidy", null, 42));

    @Test
    void listsPausesTheLongestFirstAndWhoAsked() {
        PauseMessage message = new PauseMessage(
                TEST,
                judgement(
                        Reason.LIMIT_EXCEEDED,
                        "3 pauses of 15.009 ms in all, the longest 12 ms",
                        new PauseLimit(2, Duration.ofMillis(5), Duration.ofMillis(20)),
                        List.of(YOUNG, FULL, MARKING)));

        assertThat(message.text()).isEqualTo(golden("pauses.txt"));
        assertThat(message.expected() + "\n---\n" + message.actual() + "\n").isEqualTo(golden("pauses-diff.txt"));
    }

    @Test
    void namesNoGcAndLeavesShortPausesOut() {
        PauseMessage message = new PauseMessage(
                TEST,
                new PauseJudgement(
                        Reason.LIMIT_EXCEEDED,
                        "12 pauses of 36 ms in all, the longest 3 ms",
                        new PauseLimit(0, null, null),
                        Collections.nCopies(12, YOUNG),
                        12,
                        512L << 20,
                        List.of()));

        assertThat(message.text()).isEqualTo(golden("pauses-none-allowed.txt"));
    }

    @Test
    void saysThroughWhichMethodOfTheJdkACollectionWasAskedFor() {
        PauseJudgement judgement = new PauseJudgement(
                Reason.LIMIT_EXCEEDED,
                "1 pause",
                new PauseLimit(0, null, null),
                List.of(FULL),
                1,
                0,
                List.of(
                        new StackTraceElement("java.lang.System", "gc", null, 100),
                        new StackTraceElement("java.nio.Bits", "reserveMemory", null, 100),
                        new StackTraceElement("java.nio.ByteBuffer", "allocateDirect", null, 100),
                        new StackTraceElement("com.acme.Report", "buffer", null, 7)));

        assertThat(new PauseMessage(TEST, judgement).text())
                .contains("System.gc() was called by com.acme.Report.buffer, line 7 through"
                        + " java.nio.ByteBuffer.allocateDirect.");
    }

    @Test
    void saysWhyItIsUndecided() {
        PauseLimit limit = new PauseLimit(PauseLimit.NONE, Duration.ofMillis(5), null);

        assertThat(new PauseMessage(
                                TEST,
                                judgement(
                                        Reason.NO_TRACE,
                                        "1 pause by the JVM's counters, and no trace of them: Flight Recorder is not available in this JVM",
                                        limit,
                                        List.of()))
                        .text())
                .isEqualTo(golden("pauses-no-trace.txt"));
        assertThat(new PauseMessage(
                                TEST,
                                judgement(
                                        Reason.NOT_CERTIFIED,
                                        "no pause, by the trace; but 2 by the JVM's counters",
                                        limit,
                                        List.of()))
                        .text())
                .isEqualTo(golden("pauses-not-certified.txt"));
    }

    @Test
    void writesALineOfTheResults() {
        assertThat(PauseJson.line(
                                TEST,
                                judgement(
                                        Reason.LIMIT_EXCEEDED,
                                        "3 pauses",
                                        new PauseLimit(2, Duration.ofMillis(5), Duration.ofMillis(20)),
                                        List.of(YOUNG, FULL, MARKING)),
                                new JvmDescription("17", "VM", "G1", 1))
                        + "\n")
                .isEqualTo(golden("pauses.jsonl"));
    }

    private static PauseJudgement judgement(Reason reason, String detail, PauseLimit limit, List<GcPause> pauses) {
        return new PauseJudgement(reason, detail, limit, pauses, 2, 512L << 20, ASKED);
    }
}
