package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.protocol.LeakDetails.Detailed;
import io.heapspec.result.CounterSnapshot;
import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.Origin;
import io.heapspec.result.Reason;
import io.heapspec.result.Reconciliation;
import io.heapspec.result.Reconciliation.Reading;
import io.heapspec.result.RootKind;
import io.heapspec.result.Severity;
import io.heapspec.result.TraceFindings;
import io.heapspec.result.UnclosedResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcilerTests {

    private static final int RUNS = 20;
    private static final long KIB = 1024;

    @Test
    void allThreeConfirm() {
        Reconciliation all = leak(LeakKind.OBJECTS, 10 * KIB, traced(), interval(heap(200 * KIB), 16 * KIB));

        assertThat(all.reading()).isEqualTo(Reading.CONFIRMED);
        assertThat(figures(all))
                .containsExactly(
                        "+1 object per run in 20 runs between two heap dumps",
                        "made per run: 1, lines: 1; no recording: it is off",
                        "heap +10.0 KiB per run, the dumps say +10.0 KiB; a run allocates 512.0 KiB, its runner included,"
                                + " and the rest is temporary");
    }

    @Test
    void countersAreNotAskedAboutWhatTheyCannotResolve() {
        Reconciliation small = leak(LeakKind.OBJECTS, KIB, traced(), interval(heap(0), 16 * KIB));

        assertThat(small.reading()).isEqualTo(Reading.BELOW_COUNTERS);
        assertThat(figures(small).get(2))
                .startsWith("20.0 KiB in all cannot be seen, for the heap is counted to 16.0 KiB; ");
        // As large as on a collector that counts regions of 2 MiB.
        assertThat(leak(LeakKind.OBJECTS, 100 * KIB, traced(), interval(heap(0), 2048 * KIB))
                        .reading())
                .isEqualTo(Reading.BELOW_COUNTERS);
    }

    @Test
    void countersContradictWhatTheyWouldHaveSeen() {
        assertThat(leak(LeakKind.OBJECTS, 10 * KIB, traced(), interval(heap(-3 * KIB), 16 * KIB))
                        .reading())
                .isEqualTo(Reading.COUNTERS_DISAGREE);
    }

    @Test
    void countersAreSilentOnWhatMayBeClosedOrVirtual() {
        for (LeakKind kind : List.of(LeakKind.THREADS, LeakKind.CLASS_LOADERS, LeakKind.FILES, LeakKind.BUFFERS)) {
            assertThat(leak(kind, KIB, traced(), interval(heap(0), 16 * KIB)).reading())
                    .as(kind.name())
                    .isEqualTo(Reading.BELOW_COUNTERS);
        }
    }

    @Test
    void countersThatCannotBeReadAreSilent() {
        Reconciliation reconciled = leak(
                LeakKind.OBJECTS,
                10 * KIB,
                traced(),
                HeapInterval.withoutCounters(RUNS, "no collection was confirmed"));

        assertThat(reconciled.reading()).isEqualTo(Reading.BELOW_COUNTERS);
        assertThat(figures(reconciled)).endsWith("not read: no collection was confirmed");
    }

    @Test
    void traceNeverContradicts() {
        Detailed untraced = new Detailed(List.of(leak(LeakKind.OBJECTS, 10 * KIB)), 0, "", TraceFindings.NONE);
        Reconciliation silent = Reconciler.ofLeak(
                untraced, new HeapInterval(RUNS, heap(200 * KIB).since(heap(0)), 16 * KIB, ""), 0);

        assertThat(silent.reading()).isEqualTo(Reading.NOT_TRACED);
        assertThat(silent.testimonies().get(1).figures()).startsWith("no line is known that makes it");
    }

    @Test
    void samplesThatAreAliveSupport() {
        TraceFindings.Sample sample =
                new TraceFindings.Sample("com.acme.Session", 3, 2, Duration.ofMillis(90), 2, "main", List.of());
        TraceFindings recorded = new TraceFindings("", 5, List.of(sample), List.of(), List.of(), List.of(), 0);
        Detailed sampled = new Detailed(List.of(leak(LeakKind.OBJECTS, 10 * KIB)), 0, "", recorded);

        assertThat(Reconciler.ofLeak(sampled, interval(heap(200 * KIB), 16 * KIB), 0)
                        .reading())
                .isEqualTo(Reading.CONFIRMED);
    }

    @Test
    void whatHasNoObjectAnyMoreIsShownByCountersAlone() {
        UnclosedResource gone = new UnclosedResource(
                LeakKind.FILES, Severity.HIGH, "", 1, false, Map.of("selector", 1.0), List.of(), "0123456789abcdef");

        assertThat(Reconciler.ofUnclosed(gone).reading()).isEqualTo(Reading.COUNTERS_ONLY);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_GROWTH, TEMPORARY",
        "NOT_REPEATED, TEMPORARY",
        "FILLING, BOUNDED",
        "SOFT_HELD, BOUNDED",
        "ALLOWED, SUPPRESSED",
        "KNOWN_LEAK, SUPPRESSED",
        "EXPECTED_LEAK, SUPPRESSED",
        "TEST_FAILED, NOT_JUDGED",
        "BUDGET_SPENT, NOT_JUDGED"
    })
    void readsVerdictsWithoutALeak(Reason reason, Reading expected) {
        assertThat(Reconciler.ofPassed(reason, 4 * KIB).reading()).isEqualTo(expected);
    }

    private static List<String> figures(Reconciliation reconciliation) {
        return reconciliation.testimonies().stream()
                .map(testimony -> testimony.figures())
                .toList();
    }

    private static Reconciliation leak(LeakKind kind, long bytesPerRun, List<Origin> made, HeapInterval interval) {
        Leak leak = leak(kind, bytesPerRun).with(made, null);
        return Reconciler.ofLeak(
                new Detailed(List.of(leak), 1, "", TraceFindings.missing("it is off")), interval, 512 * KIB);
    }

    private static List<Origin> traced() {
        return List.of(new Origin("main", List.of(new StackTraceElement("com.acme.Cart", "add", "Cart.java", 17))));
    }

    private static Leak leak(LeakKind kind, long bytesPerRun) {
        GcRootPath chain = new GcRootPath(
                new GcRootDescription(RootKind.STATIC_FIELD, "static field com.acme.Client.POOL"),
                true,
                List.of(),
                "com.acme.Session");
        return new Leak("0123456789abcdef", kind, Severity.LOW, chain, 1, bytesPerRun, bytesPerRun, 1, false);
    }

    private static HeapInterval interval(CounterSnapshot after, long resolution) {
        return new HeapInterval(RUNS, after.since(heap(0)), resolution, "");
    }

    private static CounterSnapshot heap(long used) {
        return new CounterSnapshot(
                true,
                List.of(new CounterSnapshot.Pool("Old", true, 1024 * KIB + used, 4096 * KIB)),
                List.of(),
                0,
                0,
                0,
                17,
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    @Test
    void aReadingIsAsExactAsTheCollectorCounts() {
        assertThat(CounterReading.of(heap(0), heap(0)).resolution()).isEqualTo(1024 * KIB);
        assertThat(CounterReading.of(heap(8), heap(40)).resolution()).isEqualTo(16 * KIB);
        assertThat(CounterReading.of(heap(8), heap(300 * KIB + 8)).resolution()).isEqualTo(300 * KIB);
        assertThat(CounterReading.of(heap(48), heap(8)).snapshot()).isEqualTo(heap(8));
    }
}
