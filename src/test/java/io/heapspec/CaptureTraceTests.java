package io.heapspec;

import static io.heapspec.assertj.HeapSpecAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapspec.CaptureTrace.Keep;
import io.heapspec.Kit.Outcome;
import io.heapspec.result.Trace;
import io.heapspec.result.TraceEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.io.TempDir;

class CaptureTraceTests {

    @TempDir
    Path output;

    @Name("com.acme.OrderPlaced")
    static final class OrderPlaced extends Event {
        String customer = "";
        int items;

        static void commit(String customer, int items) {
            OrderPlaced event = new OrderPlaced();
            event.customer = customer;
            event.items = items;
            event.commit();
        }
    }

    @Name("com.acme.CartOpened")
    static final class CartOpened extends Event {}

    @Test
    void answersWhatHappenedInTheTest() {
        Outcome outcome = new Kit(output).run(TestCases.class);

        assertThat(outcome.failures()).isEmpty();
    }

    @Test
    void failsWithTheEventsThatThereWere() {
        Outcome outcome = new Kit(output).run(FailingTestCases.class);

        assertThat(outcome.failure("tooMany"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected at most 1 of com.acme.OrderPlaced with customer = ada, but there is 2.")
                .hasMessageContaining("These were recorded:\n  com.acme.OrderPlaced on \"")
                .hasMessageContaining("{customer=ada, items=3}")
                .hasMessageContaining("Others of that name:\n  com.acme.OrderPlaced on \"")
                .hasMessageContaining("{customer=bob, items=1}");
        assertThat(outcome.failure("tooFew"))
                .hasMessageContaining("Expected at least 1 of com.acme.OrderPlaced, but there is 0.");
        assertThat(outcome.failure("wrongSum"))
                .hasMessageContaining("Expected a sum of items of 5 of com.acme.OrderPlaced, but there is 4.");
        assertThat(outcome.failure("collects"))
                .hasMessageContaining("Expected none of jdk.GarbageCollection, but there is ")
                .hasMessageContaining("cause=System.gc()");
        assertThat(outcome.failure("noSuchField"))
                .hasMessageContaining("there is no field \"price\" in com.acme.OrderPlaced; there are customer, items");
    }

    @Test
    void keepsTheRecordingOfATestThatFails() throws Exception {
        new Kit(output).run(FailingTestCases.class, TestCases.class);

        assertThat(kept())
                .contains("io.heapspec.CaptureTraceTests$FailingTestCases-tooMany.jfr")
                .noneMatch(name -> name.contains("$TestCases-"));
        Path file = output.resolve("traces/io.heapspec.CaptureTraceTests$FailingTestCases-tooMany.jfr");
        assertThat(RecordingFile.readAllEvents(file))
                .anyMatch(event -> event.getEventType().getName().equals("com.acme.OrderPlaced"));
    }

    @Test
    void keepsRecordingsOnRequestEachByItsName() throws Exception {
        new Kit(output).run(KeepingTestCases.class);

        assertThat(kept())
                .containsExactlyInAnyOrder(
                        "io.heapspec.CaptureTraceTests$KeepingTestCases-kept.jfr",
                        "io.heapspec.CaptureTraceTests$KeepingTestCases-repeated-1.jfr",
                        "io.heapspec.CaptureTraceTests$KeepingTestCases-repeated-2.jfr");
    }

    @Test
    void refusesMisuseNamingElementAttributeAndValue() {
        Outcome outcome = new Kit(output).run(MisusingTestCases.class);

        assertThat(outcome.failure("noName"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("noName()")
                .hasMessageContaining("events = \"a b\" is no name of an event");
        assertThat(outcome.failure("leaksToo"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("excludes @NoLeak");
        assertThat(outcome.failure("notRecorded"))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("of tests with @CaptureTrace");
    }

    @Test
    void doesNotRunWithoutFlightRecorder() throws Exception {
        ChildJvm.Ended ended = new ChildJvm(output, "-XX:-FlightRecorder").run(RecordedTestCases.class);

        assertThat(ended.text())
                .contains("recorded() ABORTED")
                .contains("@CaptureTrace: CaptureTraceTests.RecordedTestCases.recorded() could not be recorded:"
                        + " Flight Recorder is not available in this JVM.");
    }

    private List<String> kept() throws Exception {
        Path folder = output.resolve("traces");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @CaptureTrace
    static class RecordedTestCases {
        @Test
        void recorded() {}
    }

    @CaptureTrace
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class TestCases {

        @BeforeEach
        void open(Trace trace) {
            new CartOpened().commit();
            assertThat(trace).events("com.acme.CartOpened").hasCount(1);
        }

        @AfterEach
        void close(Trace trace) {
            assertThat(trace).events("com.acme.CartOpened").hasCount(1);
        }

        @Test
        @Order(1)
        void counts(Trace trace) {
            OrderPlaced.commit("ada", 3);
            OrderPlaced.commit("ada", 1);
            OrderPlaced.commit("bob", 2);

            assertThat(trace)
                    .events("com.acme.OrderPlaced")
                    .hasCount(3)
                    .hasSum("items", 6)
                    .hasSumAtMost("items", 6)
                    .calledFrom(TestCases.class, "counts")
                    .onThread(Thread.currentThread().getName())
                    .with("customer", "ada")
                    .hasCount(2)
                    .withNumber("items", items -> items > 1, "above 1")
                    .hasCountAtMost(1);
            assertThat(trace).events("com.acme.OrderPlaced").hasRatioAtMost(3, "com.acme.CartOpened");
            assertThat(trace)
                    .events("com.acme.OrderPlaced")
                    .calledFrom(String.class)
                    .doNotOccur();
        }

        @Test
        @Order(2)
        void seesNothingOfEarlierTests(Trace trace) {
            assertThat(trace).events("com.acme.OrderPlaced").doNotOccur();
            assertThat(trace.events())
                    .isNotEmpty()
                    .isSortedAccordingTo((a, b) -> a.start().compareTo(b.start()));
        }

        @Test
        @Order(3)
        void waitsForOtherThreads(Trace trace) {
            Thread asking = Thread.currentThread();
            Thread late = new Thread(() -> {
                // Late for sure: after the assertion has looked, and while it waits to look again.
                while (asking.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                OrderPlaced.commit("late", 1);
            });
            late.setDaemon(true);
            late.start();

            assertThat(trace)
                    .within(Duration.ofSeconds(20))
                    .events("com.acme.OrderPlaced")
                    .with("customer", "late")
                    .hasCountAtLeast(1);
        }

        @Test
        @Order(4)
        @CaptureTrace(events = "jdk.ThreadPark")
        void recordsWhatIsAskedForHoweverShort(Trace trace) {
            LockSupport.parkNanos(1_000);

            assertThat(trace)
                    .events("jdk.ThreadPark")
                    .calledFrom(TestCases.class)
                    .hasCountAtLeast(1);
        }

        @Test
        @Order(5)
        void hasCollections(Trace trace) {
            System.gc();

            assertThat(trace)
                    .events("jdk.GarbageCollection")
                    .with("cause", "System.gc()")
                    .hasCountAtLeast(1);
            assertThat(trace).hasCollectionPausesAtMost(Duration.ofMinutes(1));
            assertThatThrownBy(() -> assertThat(trace).within(Duration.ZERO))
                    .hasMessage("within PT0S; allowed is more than zero");
        }

        static Trace escaped;

        @Test
        @Order(6)
        void escapes(Trace trace) {
            escaped = trace;
        }

        @Test
        @Order(7)
        void endsWithItsTest() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> escaped.events())
                    .withMessage("the test has ended, and its recording with it");
        }
    }

    @CaptureTrace
    static class FailingTestCases {

        @Test
        void tooMany(Trace trace) {
            OrderPlaced.commit("ada", 3);
            OrderPlaced.commit("ada", 2);
            OrderPlaced.commit("bob", 1);

            assertThat(trace)
                    .events("com.acme.OrderPlaced")
                    .with("customer", "ada")
                    .hasCountAtMost(1);
        }

        @Test
        void tooFew(Trace trace) {
            assertThat(trace)
                    .within(Duration.ofMillis(200))
                    .events("com.acme.OrderPlaced")
                    .hasCountAtLeast(1);
        }

        @Test
        void wrongSum(Trace trace) {
            OrderPlaced.commit("ada", 4);

            assertThat(trace)
                    .within(Duration.ofMillis(200))
                    .events("com.acme.OrderPlaced")
                    .hasSum("items", 5);
        }

        @Test
        void collects(Trace trace) {
            System.gc();

            assertThat(trace).hasNoCollection();
        }

        @Test
        void noSuchField(Trace trace) {
            OrderPlaced.commit("ada", 4);

            List<TraceEvent> events = trace.events("com.acme.OrderPlaced");
            events.get(0).number("price");
        }
    }

    @CaptureTrace(keep = Keep.ALWAYS)
    static class KeepingTestCases {

        @Test
        void kept() {}

        @RepeatedTest(2)
        void repeated() {}

        @Test
        @CaptureTrace(keep = Keep.NEVER)
        void notKept() {
            throw new IllegalStateException("fails, and is not kept all the same");
        }
    }

    static class MisusingTestCases {

        @Test
        @CaptureTrace(events = "a b")
        void noName() {}

        @Test
        @NoLeak
        @CaptureTrace
        void leaksToo() {}

        @Test
        @NoLeak(repeat = Repeat.NEVER)
        void notRecorded(Trace trace) {}
    }
}
