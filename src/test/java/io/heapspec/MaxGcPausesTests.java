package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.ChildJvm.Ended;
import io.heapspec.Kit.Outcome;
import io.heapspec.rates.Jdk;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

class MaxGcPausesTests {

    @TempDir
    Path output;

    @Test
    void passesWhatIsNotPausedAndFailsWhatIs() {
        Outcome outcome = new Kit(output).run(TestCases.class);

        assertThat(outcome.failures()).hasSize(4);
        assertThat(outcome.failure("collects"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(
                        "@NoGc: MaxGcPausesTests.TestCases.collects() was paused by the garbage collector: 1 pause of ")
                .hasMessageContaining("; allowed: none.")
                .hasMessageContaining(", System.gc(), ")
                .hasMessageContaining("System.gc() was called by " + TestCases.class.getName() + ".collects, line ");
        assertThat(outcome.failure("fails")).isInstanceOf(IllegalStateException.class);
        assertThat(outcome.failure("each"))
                .hasMessageContaining("MaxGcPausesTests.TestCases.each()[#2] was paused by the garbage collector");
        assertThat(outcome.result("collectsTwice").toString())
                .contains("\"verdict\":\"failed\"", "\"mostPauses\":1", "\"tracedPauses\":2", "\"countedPauses\":2");
        assertThat(outcome.result("setsUp").toString())
                .contains("\"verdict\":\"passed\"", "\"tracedPauses\":0", "\"countedPauses\":0");
        assertThat(outcome.verdict("fails")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.result("collectsBriefly").toString())
                .contains("\"verdict\":\"passed\"", "\"longestAllowedMillis\":60000.0");
    }

    @Test
    void refusesMisuseNamingElementAttributeAndValue() {
        Outcome outcome = new Kit(output).run(MisusingTestCases.class);

        assertThat(outcome.failures())
                .hasSize(5)
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(ExtensionConfigurationException.class));
        assertThat(outcome.failure("negative"))
                .hasMessageContaining("@MaxGcPauses on void " + MisusingTestCases.class.getName() + ".negative()")
                .hasMessageContaining(": count = -1 is negative; allowed are 0 and more");
        assertThat(outcome.failure("noDuration"))
                .hasMessageContaining(
                        ": longest = \"5 seconds\" is not a duration; write a number and one of ms, s, min");
        assertThat(outcome.failure("noLimit")).hasMessageContaining(" limits nothing; set count, longest or total");
        assertThat(outcome.failure("leaksToo")).hasMessageContaining(" excludes @NoLeak and @ExpectLeak");
        assertThat(outcome.failure("allocatesToo")).hasMessageContaining(" excludes @MaxAllocations");
    }

    static Stream<String> collectors() {
        return Stream.of("Serial", "Parallel", "G1", "Z");
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

    @Test
    void judgesByTheCountersWithoutFlightRecorder() throws Exception {
        Ended ended = new ChildJvm(output, "-XX:-FlightRecorder").run(UnrecordedTestCases.class);

        assertThat(ended.results())
                .as(ended.text())
                .extracting(line -> line.get("test").getAsString().replaceAll(".*\\.", "") + " "
                        + line.get("reason").getAsString())
                .containsExactlyInAnyOrder(
                        "quiet() within_limit", "collects() limit_exceeded", "collectsBriefly() no_trace");
        assertThat(ended.text())
                .contains("could not be judged: 1 pause by the JVM's counters, and no trace of them:"
                        + " Flight Recorder is not available in this JVM");
    }

    static class TestCases {

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
        void fails() {
            System.gc();
            throw new IllegalStateException("its own");
        }

        @TestFactory
        @NoGc
        List<DynamicTest> each() {
            return List.of(
                    DynamicTest.dynamicTest("first", () -> Sink.object = new byte[100]),
                    DynamicTest.dynamicTest("second", System::gc));
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
        @NoAllocations
        void allocatesToo() {}
    }
}
