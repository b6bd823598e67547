package io.heapspec.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.gc.Collector;
import io.heapspec.result.TraceEvent;
import io.heapspec.result.TraceFindings;
import io.heapspec.result.TraceFindings.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakTraceTests {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant END = START.plusSeconds(10);
    private static final List<StackTraceElement> STACK =
            List.of(new StackTraceElement("com.acme.Cart", "add", null, 17));

    @TempDir
    Path folder;

    @Test
    void seesWhoMadeWhatIsAliveAndForHowLong() throws Exception {
        Session[] kept = new Session[100_000];
        TraceFindings findings = findings(Set.of(Session.class.getName()), Set.of(), () -> {
            for (int i = 0; i < 100_000; i++) {
                kept[i] = new Session();
            }
        });

        assertThat(kept[99_999]).isNotNull();
        assertThat(findings.collections()).hasSizeGreaterThanOrEqualTo(2).anySatisfy(collection -> {
            assertThat(collection.cause()).isEqualTo("System.gc()");
            assertThat(collection.heapAfter()).isPositive();
        });
        List<Sample> alive = findings.samplesOf(Set.of(Session.class.getName())).stream()
                .filter(sample -> sample.alive() > 0)
                .toList();
        assertThat(alive).isNotEmpty().allSatisfy(sample -> {
            assertThat(sample.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(sample.collectionsSurvived()).isGreaterThanOrEqualTo(2);
            assertThat(sample.age()).isPositive();
            assertThat(sample.stack())
                    .anySatisfy(frame -> assertThat(frame.getClassName())
                            .startsWith(getClass().getName()));
        });
    }

    @Test
    void seesWhereThreadsStartAndWhatTheyWaitFor() throws Exception {
        TraceFindings findings = findings(Set.of(), Set.of("order-mailer"), () -> {
            Thread thread = new Thread(() -> LockSupport.parkNanos(new Mailbox(), 30_000_000), "order-mailer");
            thread.start();
            thread.join();
        });

        assertThat(findings.starts()).anySatisfy(start -> {
            assertThat(start.thread()).isEqualTo("order-mailer");
            assertThat(start.by()).isEqualTo(Thread.currentThread().getName());
            assertThat(start.stack())
                    .anySatisfy(frame -> assertThat(frame.getClassName())
                            .startsWith(getClass().getName()));
        });
        assertThat(findings.waits()).singleElement().satisfies(wait -> {
            assertThat(wait.thread()).isEqualTo("order-mailer");
            assertThat(wait.on()).isEqualTo(Mailbox.class.getName());
            assertThat(wait.atLeast()).isGreaterThan(Duration.ofMillis(10));
        });
    }

    @Test
    void joinsSamplesByClassThreadAndPlace() {
        TraceFindings findings = findings(
                allocation("com.acme.Session", "main", START.plusMillis(1)),
                allocation("com.acme.Session", "main", START.plusMillis(2)),
                oldObject("com.acme.Session", "main", START.plusMillis(3)),
                allocation("com.acme.Session", "other", START.plusMillis(4)),
                allocation("com.acme.Order", "main", START.plusMillis(5)));

        assertThat(findings.samples()).hasSize(2);
        assertThat(findings.samples().get(0).allocated()).isEqualTo(2);
        assertThat(findings.samples().get(0).alive()).isEqualTo(1);
        assertThat(findings.samples().get(1).thread()).isEqualTo("other");
    }

    @Test
    void leavesOutWhatIsNotOfTheTimeInWhichTheTestRan() {
        TraceFindings findings = findings(
                allocation("com.acme.Session", "main", START.minusMillis(1)),
                allocation("com.acme.Session", "main", END.plusMillis(1)),
                oldObject("com.acme.Session", "main", START.minusMillis(1)));

        assertThat(findings.samples()).isEmpty();
    }

    @Test
    void countsTheCollectionsThatAnObjectSurvived() {
        TraceFindings findings = findings(
                collection(1, START.plusMillis(1)),
                oldObject("com.acme.Session", "main", START.plusMillis(5)),
                collection(2, START.plusMillis(6)),
                collection(3, END.plusMillis(1)));

        assertThat(findings.samples().get(0).collectionsSurvived()).isEqualTo(2);
        assertThat(findings.collections()).hasSize(3);
    }

    private static TraceFindings findings(TraceEvent... events) {
        List<TraceEvent> marked = Stream.concat(Stream.of(mark(START), mark(END)), Stream.of(events))
                .toList();
        return new LeakTrace(Set.of("com.acme.Session"), Set.of(), marked).findings(1);
    }

    private static TraceEvent mark(Instant when) {
        return new TraceEvent(Mark.NAME, when, Duration.ZERO, "main", List.of(), Map.of());
    }

    private static TraceEvent allocation(String type, String thread, Instant when) {
        return new TraceEvent(
                "jdk.ObjectAllocationSample", when, Duration.ZERO, thread, STACK, Map.of("objectClass", type));
    }

    private static TraceEvent oldObject(String type, String thread, Instant allocated) {
        return new TraceEvent(
                "jdk.OldObjectSample",
                END.plusSeconds(1),
                Duration.ZERO,
                thread,
                STACK,
                Map.of("object.type", type, "allocationTime", allocated, "objectAge", Duration.ofMillis(20)));
    }

    private static TraceEvent collection(long id, Instant when) {
        return new TraceEvent(
                "jdk.GarbageCollection",
                when,
                Duration.ofMillis(3),
                "",
                List.of(),
                Map.of("gcId", id, "name", "G1Full", "cause", "System.gc()"));
    }

    private TraceFindings findings(Set<String> classes, Set<String> threads, Work work) throws Exception {
        Path file = folder.resolve("leak.jfr");
        try (FlightRecording recording = FlightRecording.start(LeakTrace.SETTINGS)) {
            FlightRecording.mark();
            work.run();
            FlightRecording.mark();
            new Collector().collect();
            new Collector().collect();
            recording.dump(file);
            List<TraceEvent> events = RecordedEvents.read(file, LeakTrace.SETTINGS::has);
            return new LeakTrace(classes, threads, events).findings(1);
        }
    }

    /** Large by itself, so that a thread's buffer ends at one of them and not at what they hold. */
    private static final class Session {
        long a, b, c, d, e, f, g, h, i, j, k, l;
    }

    private static final class Mailbox {}

    private interface Work {
        void run() throws Exception;
    }
}
