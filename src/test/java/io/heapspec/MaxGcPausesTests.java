package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.ChildJvm.Ended;
import io.heapspec.Kit.Outcome;
import io.heapspec.rates.Jdk;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

class MaxGcPausesTests {

    @TempDir
    Path output;

    @Test
    void passesWhatIsNotPausedAndFailsWhatIs() {
        Outcome outcome = new Kit(output).run(TestCases.class);

        assertThat(outcome.failures()).hasSize(6);
        assertThat(outcome.failure("collects"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(
                        "@NoGc: MaxGcPausesTests.TestCases.collects() was paused by the garbage collector: ")
                .hasMessageContaining("; allowed: none.")
                .hasMessageContaining(", System.gc(), ")
                .hasMessageContaining("System.gc() was called by " + TestCases.class.getName() + ".collects, line ");
        assertThat(outcome.failure("fails")).isInstanceOf(IllegalStateException.class);
        assertThat(outcome.failure("each"))
                .hasMessageContaining("MaxGcPausesTests.TestCases.each()[#2] was paused by the garbage collector");
        assertThat(outcome.result("collectsTwice").toString()).contains("\"verdict\":\"failed\"", "\"mostPauses\":1");
        assertThat(outcome.result("setsUp").toString())
                .contains("\"verdict\":\"passed\"", "\"tracedPauses\":0", "\"countedPauses\":0");
        assertThat(outcome.verdict("fails")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.verdict("failsAfterwards")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.results())
                .filteredOn(line -> line.get("test").getAsString().contains(".each()"))
                .extracting(line -> line.get("reason").getAsString())
                .containsExactly("within_limit", "limit_exceeded", "test_failed");
        assertThat(outcome.result("collectsBriefly").toString())
                .contains("\"verdict\":\"passed\"", "\"longestAllowedMillis\":60000.0");
    }

    @Test
    void refusesMisuseNamingElementAttributeAndValue() {
        Outcome outcome = new Kit(output).run(MisusingTestCases.class);

        assertThat(outcome.failures())
                .hasSize(6)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(ExtensionConfigurationException.class));
        assertThat(outcome.failure("negative"))
                .hasMessageContaining("@MaxGcPauses on void " + MisusingTestCases.class.getName() + ".negative()")
                .hasMessageContaining(": count = -1 is negative; allowed are 0 and more");
        assertThat(outcome.failure("noDuration"))
                .hasMessageContaining(
                        ": longest = \"5 seconds\" is not a duration; write a number and one of ms, s, min");
        assertThat(outcome.failure("noLimit")).hasMessageContaining(" limits nothing; set count, longest or total");
        assertThat(outcome.failure("leaksToo")).hasMessageContaining(" excludes @NoLeak and @ExpectLeak");
        assertThat(outcome.failure("recordedToo")).hasMessageContaining(" excludes @CaptureTrace");
        assertThat(outcome.failure("allocatesToo")).hasMessageContaining(" excludes @MaxAllocations");
    }

    static Stream<String> collectors() {
        return Stream.of("Serial", "Parallel", "G1", "Z", "Shenandoah");
    }

    /** What the body does not allocate is no pause of its; what it does, both witnesses see. */
    @ParameterizedTest
    @MethodSource("collectors")
    void isRightWithEveryCollectorOnEveryJdk(String collector) throws Exception {
        for (Jdk jdk : Jdk.all()) {
            Path folder = output.resolve("on-" + jdk.feature());
            Ended ended = new ChildJvm(folder, "-Xmx1g", "-XX:+Use" + collector + "GC")
                    .on(jdk)
                    .run(AllocatingTestCases.class);

            assertThat(ended.results())
                    .as(jdk.feature() + ended.text())
                    .hasSize(2)
                    .allSatisfy(line -> {
                        boolean much = line.get("test").getAsString().contains("allocatesMuch");
                        assertThat(line.get("reason").getAsString())
                                .isEqualTo(much ? "limit_exceeded" : "within_limit");
                        assertThat(line.get("tracedPauses").getAsLong() > 0).isEqualTo(much);
                        assertThat(line.get("countedPauses").getAsLong() > 0).isEqualTo(much);
                    });
        }
    }

    static Stream<String> withoutFlightRecorder() {
        return Stream.of("-XX:-FlightRecorder", "--limit-modules=java.se,jdk.management,jdk.unsupported,jdk.attach");
    }

    @ParameterizedTest
    @MethodSource("withoutFlightRecorder")
    void judgesByTheCountersWithoutFlightRecorder(String option) throws Exception {
        Ended ended = new ChildJvm(output, option).run(UnrecordedTestCases.class);

        assertThat(ended.results())
                .as(ended.text())
                .extracting(line -> line.get("test").getAsString().replaceAll(".*\\.", "") + " "
                        + line.get("reason").getAsString())
                .containsExactlyInAnyOrder(
                        "quiet() within_limit", "collects() limit_exceeded", "collectsBriefly() no_trace");
        assertThat(ended.text()).contains("by the JVM's counters, and no trace of them: ");
    }

    /** JDK 17 does not count the pauses of marking, and Flight Recorder has them only when that has ended. */
    @Test
    void seesThePausesOfACollectionThatGoesOnWhenTheBodyEnds() throws Exception {
        Path log = output.resolve("gc.log");
        Ended ended = new ChildJvm(
                        output,
                        "-Xmx256m",
                        "-XX:+UseG1GC",
                        "-XX:InitiatingHeapOccupancyPercent=1",
                        "-XX:-G1UseAdaptiveIHOP",
                        "-Xlog:gc:file=" + log,
                        "-D" + MarkingTestCases.LOG + "=" + log)
                .run(MarkingTestCases.class);

        assertThat(ended.results()).as(ended.text()).singleElement().satisfies(line -> {
            assertThat(line.get("reason").getAsString()).isEqualTo("limit_exceeded");
            assertThat(line.toString()).contains("Pause Remark");
        });
    }

    /** With an old generation that is nearly full, JDK 17 counts young collections of Serial that gave up for a full one. */
    @Test
    void isNotMisledByCollectionsThatGiveUp() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx64m", "-XX:+UseSerialGC").run(FullTestCases.class);

        assertThat(ended.verdict()).as(ended.text()).isEqualTo("passed within_limit");
        assertThat(ended.results().get(0).get("tracedPauses").getAsLong()).isPositive();
    }

    @Test
    void holdsForInvocationsNestedClassesAndInheritedLimits() {
        Outcome outcome = new Kit(output).run(LimitedTestCases.class);

        assertThat(outcome.results())
                .extracting(line -> line.get("test").getAsString().replaceAll(".*LimitedTestCases.?", "") + " "
                        + line.get("reason").getAsString())
                .containsExactlyInAnyOrder(
                        "inherited() limit_exceeded",
                        "own() within_limit",
                        "twice()[#1] limit_exceeded",
                        "twice()[#2] limit_exceeded",
                        "given()[#1] limit_exceeded",
                        "given()[#2] within_limit",
                        "both() limit_exceeded",
                        "interrupts() within_limit",
                        "Shared.shared() limit_exceeded");
    }

    static class TestCases {

        private boolean failing;

        @BeforeEach
        @AfterEach
        void collectsOutsideTheBody() {
            System.gc();
        }

        @Test
        @NoGc
        void setsUp() {
            Sink.object = new byte[100];
        }

        @Test
        @NoGc
        void collects() {
            System.gc();
        }

        @Test
        @MaxGcPauses(count = 1)
        void collectsTwice() {
            System.gc();
            System.gc();
        }

        @Test
        @MaxGcPauses(longest = "1 min")
        void collectsBriefly() {
            System.gc();
        }

        @Test
        @NoGc
        void failsAfterwards() {
            failing = true;
        }

        @AfterEach
        void failIfAsked() {
            if (failing) {
                throw new IllegalStateException("its own");
            }
        }

        @Test
        @NoGc
        void fails() {
            System.gc();
            throw new IllegalStateException("its own");
        }

        @TestFactory
        @NoGc
        Stream<DynamicTest> each() {
            return Stream.of(
                    DynamicTest.dynamicTest("first", () -> Sink.object = new byte[100]),
                    DynamicTest.dynamicTest("second", System::gc),
                    DynamicTest.dynamicTest("third", () -> assertThat(1).isEqualTo(2)));
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @MaxGcPauses(count = 0)
    @interface Undisturbed {}

    @Undisturbed
    static class AllocatingTestCases {

        @Test
        void allocatesLittle() {
            Sink.object = new byte[1 << 20];
        }

        @Test
        void allocatesMuch() {
            for (int i = 0; i < 1_000; i++) {
                Sink.object = new byte[1 << 20];
            }
        }
    }

    static class MarkingTestCases {

        static final String LOG = "log.of.collections";

        private final List<byte[]> kept = new ArrayList<>();

        @Test
        @NoGc
        void endsAfterTheRemark() throws IOException {
            Path log = Path.of(System.getProperty(LOG));
            long before = remarks(log);
            while (remarks(log) == before) {
                for (int i = 0; i < 1_000; i++) {
                    Sink.object = new byte[1 << 10];
                }
                if (kept.size() < 1_000) {
                    kept.add(new byte[1 << 15]);
                }
            }
        }

        private static long remarks(Path log) throws IOException {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.filter(line -> line.contains("Pause Remark")).count();
            }
        }
    }

    static class FullTestCases {

        @Test
        @MaxGcPauses(longest = "1 min")
        void allocatesBesideAnOldGenerationThatIsNearlyFull() {
            byte[][] live = new byte[36][];
            for (int i = 0; i < live.length; i++) {
                live[i] = new byte[1 << 20];
            }
            for (int i = 0; i < 300; i++) {
                Sink.object = new byte[1 << 18];
            }
            Sink.object = live;
        }
    }

    @NoGc
    static class Limited {}

    static class LimitedTestCases extends Limited {

        @Test
        void inherited() {
            System.gc();
        }

        @Test
        @MaxGcPauses(longest = "1 min")
        void own() {
            System.gc();
        }

        @RepeatedTest(2)
        void twice() {
            System.gc();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void given(boolean collects) {
            if (collects) {
                System.gc();
            }
        }

        @Test
        @NoGc
        @MaxGcPauses(longest = "1 min")
        void both() {
            System.gc();
        }

        @Test
        @MaxGcPauses(longest = "1 min")
        void interrupts() {
            System.gc();
            Thread.currentThread().interrupt();
        }

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Shared {

            @Test
            void shared() {
                System.gc();
            }
        }
    }

    static class UnrecordedTestCases {

        @Test
        @MaxGcPauses(longest = "1 ms")
        void quiet() {}

        @Test
        @NoGc
        void collects() {
            System.gc();
        }

        @Test
        @MaxGcPauses(longest = "1 min")
        void collectsBriefly() {
            System.gc();
        }
    }

    static class MisusingTestCases {

        @Test
        @MaxGcPauses(count = -1)
        void negative() {}

        @Test
        @MaxGcPauses(longest = "5 seconds")
        void noDuration() {}

        @Test
        @MaxGcPauses
        void noLimit() {}

        @Test
        @NoGc
        @NoLeak
        void leaksToo() {}

        @Test
        @NoGc
        @CaptureTrace
        void recordedToo() {}

        @Test
        @NoGc
        @NoAllocations
        void allocatesToo() {}
    }
}
