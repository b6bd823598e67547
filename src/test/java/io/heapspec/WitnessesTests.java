package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heapspec.Kit.Outcome;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the table in docs/witnesses.md, each by a test that has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WitnessesTests {

    @TempDir
    static Path output;

    private Outcome outcome;

    private Outcome outcome() {
        if (outcome == null) {
            outcome = new Kit(output).run(TestCases.class);
        }
        return outcome;
    }

    @Test
    void allThreeConfirm() {
        assertThat(reading("keepsPictures")).isEqualTo("confirmed supports supports supports");
        assertThat(figures("keepsPictures", "trace")).startsWith("made per run: 1, lines: 1; samples alive after ");
        assertThat(figures("keepsPictures", "counters"))
                .startsWith("heap +")
                .contains("the dumps say +")
                .contains("a run allocates");
        assertThat(outcome().failure("keepsPictures"))
                .hasMessageContaining("\nConfirmed by heap, trace and counters.\n  heap      +1 object per run in ");
    }

    @Test
    void threadsAreCounted() {
        assertThat(reading("startsAThread")).isEqualTo("confirmed supports supports supports");
        assertThat(figures("startsAThread", "counters")).matches("threads \\+[0-9]+ in [0-9]+ runs");
        JsonObject trace = outcome().result("startsAThread").getAsJsonObject("trace");
        assertThat(trace.getAsJsonArray("threadStarts")).anySatisfy(start -> {
            assertThat(start.getAsJsonObject().get("thread").getAsString()).isEqualTo("witnessed");
            assertThat(start.getAsJsonObject().getAsJsonArray("stack").get(0).getAsString())
                    .startsWith(TestCases.class.getName() + ".startsAThread:");
        });
    }

    @Test
    void aSmallLeakIsBelowWhatCountersShow() {
        assertThat(reading("keepsAnObject")).isEqualTo("below_counters supports supports silent");
        assertThat(figures("keepsAnObject", "counters")).contains("in all cannot be seen");
    }

    @Test
    void theHeapAloneShowsFewReferences() {
        assertThat(reading("keepsAReference")).isEqualTo("heap_only supports silent silent");
    }

    @Test
    void countersDisagreeWhereSomethingElseShrinks() {
        assertThat(reading("replacesWhatWasThere")).isEqualTo("counters_disagree supports supports contradicts");
        assertThat(outcome().failure("replacesWhatWasThere"))
                .hasMessageContaining("\nConfirmed by heap and trace; counters are against it: ");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void countersAloneShowWhatHasNoObjectAnyMore() {
        Outcome selectors = new Kit(output).run(SelectorTestCases.class);

        assertThat(selectors.verdict("leavesASelectorOpen")).isEqualTo("failed unclosed");
        assertThat(figures(selectors, "leavesASelectorOpen").get("counters")).startsWith("file descriptors +");
    }

    @Test
    void temporaryAllocationIsNoLeak() {
        assertThat(reading("allocates")).isEqualTo("temporary supports silent supports");
        assertThat(figures("allocates", "counters")).contains("MiB allocated in the first run");
    }

    @Test
    void whatIsAllowedIsSuppressed() {
        assertThat(reading("keepsWhatIsAllowed")).startsWith("suppressed supports silent");
    }

    /** Neither an agent nor Flight Recorder: the verdict stands, and says what is missing. */
    @Test
    void theVerdictStandsWithoutATrace() throws Exception {
        ChildJvm.Ended ended =
                new ChildJvm(output, "-XX:+DisableAttachMechanism", "-XX:-FlightRecorder").run(PictureTestCases.class);

        assertThat(ended.text())
                .contains("Confirmed by heap and counters; trace is silent: ")
                .contains("this JVM lets nobody attach")
                .contains("no recording: Flight Recorder is not available in this JVM");
    }

    /** There is no histogram either, so nothing can be judged. */
    @Test
    void aRuntimeImageWithoutFlightRecorderCannotBeJudged() throws Exception {
        ChildJvm.Ended ended = new ChildJvm(output, "--limit-modules=java.se,jdk.management,jdk.unsupported,jdk.attach")
                .run(PictureTestCases.class);

        assertThat(ended.text())
                .contains("could not be judged: this JVM gives no class histogram: the diagnostic command"
                        + " GC.class_histogram is missing, as in a runtime image without the module jdk.jfr");
    }

    @Test
    void nothingIsSaidOfATestThatFails() {
        assertThat(reading("fails")).isEqualTo("not_judged");
    }

    private String reading(String test) {
        JsonObject result = outcome().result(test);
        StringBuilder text = new StringBuilder(result.get("reading").getAsString());
        for (JsonElement witness : result.getAsJsonArray("witnesses")) {
            text.append(' ').append(witness.getAsJsonObject().get("agreement").getAsString());
        }
        return text.toString();
    }

    private String figures(String test, String witness) {
        return figures(outcome(), test).getOrDefault(witness, "");
    }

    private static Map<String, String> figures(Outcome outcome, String test) {
        Map<String, String> figures = new LinkedHashMap<>();
        for (JsonElement each : outcome.result(test).getAsJsonArray("witnesses")) {
            JsonObject witness = each.getAsJsonObject();
            figures.put(
                    witness.get("witness").getAsString(), witness.get("figures").getAsString());
        }
        return figures;
    }

    @NoLeak
    static class TestCases {

        static final List<Object> KEPT = new ArrayList<>();
        static final List<Object> SAME = new ArrayList<>();
        static final Object ONE = new Object();
        static final Deque<byte[]> OLD = new ArrayDeque<>();

        static {
            for (int i = 0; i < 4_000; i++) {
                OLD.add(new byte[40_000]);
            }
        }

        @Test
        void keepsPictures() {
            KEPT.add(new Picture());
        }

        @Test
        void keepsAnObject() {
            KEPT.add(new Object());
        }

        @Test
        void keepsAReference() {
            SAME.add(ONE);
        }

        @Test
        void startsAThread() {
            Thread thread = new Thread(
                    () -> {
                        try {
                            Thread.sleep(Long.MAX_VALUE);
                        } catch (InterruptedException end) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "witnessed");
            thread.setDaemon(true);
            thread.start();
        }

        @Test
        void replacesWhatWasThere() {
            KEPT.add(new Picture());
            OLD.poll();
        }

        @Test
        void allocates() {
            for (int i = 0; i < 100; i++) {
                Sink.object = new byte[100_000];
            }
            Sink.object = null;
        }

        @Test
        @NoLeak(allow = "io.heapspec.WitnessesTests$TestCases:KEPT")
        void keepsWhatIsAllowed() {
            KEPT.add(new Object());
        }

        @Test
        void fails() {
            throw new IllegalStateException("by itself");
        }
    }

    @NoLeak
    static class PictureTestCases {

        @Test
        void keepsPictures() {
            TestCases.KEPT.add(new Picture());
        }
    }

    @NoLeak
    static class SelectorTestCases {

        @Test
        void leavesASelectorOpen() throws Exception {
            Selector.open();
        }
    }

    private static final class Picture {
        final byte[] pixels = new byte[40_000];
    }
}
