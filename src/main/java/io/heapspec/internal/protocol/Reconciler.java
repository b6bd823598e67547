package io.heapspec.internal.protocol;

import io.heapspec.internal.protocol.LeakDetails.Detailed;
import io.heapspec.internal.util.Bytes;
import io.heapspec.result.Agreement;
import io.heapspec.result.CounterChange;
import io.heapspec.result.Leak;
import io.heapspec.result.Reason;
import io.heapspec.result.Reconciliation;
import io.heapspec.result.Reconciliation.Reading;
import io.heapspec.result.Testimony;
import io.heapspec.result.TraceFindings.Sample;
import io.heapspec.result.UnclosedResource;
import io.heapspec.result.Verdict;
import io.heapspec.result.Witness;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts together what the three witnesses say of a verdict, and names what their disagreement means.
 *
 * <p>They are not equal. The heap is exact and decides. The trace explains: that it saw something supports, that it saw nothing says nothing. Counters
 * support what they can resolve, and contradict only what is several times as large.
 */
final class Reconciler {

    /** Growth that is expected must be so many times the resolution of the counters before they are asked about it. */
    private static final int CLEARLY = 4;

    private Reconciler() {}

    /**
     * Reconciles what is known of a leak.
     *
     * @param detailed the leaks, the first of which is spoken of, and what the trace says
     * @param interval what happened between the dumps
     * @param bytesPerRun what a run allocates; 0 if that is not known
     */
    static Reconciliation ofLeak(Detailed detailed, HeapInterval interval, long bytesPerRun) {
        Leak leak = detailed.leaks().get(0);
        double bytes = detailed.leaks().stream().mapToDouble(Leak::bytesPerRun).sum();
        return reconciled(
                heap(leak, interval.runs()), trace(leak, detailed), counters(leak, bytes, interval, bytesPerRun));
    }

    /** Reconciles what is known of what a test leaves open, which the heap shows before a collection. */
    static Reconciliation ofUnclosed(UnclosedResource open) {
        Testimony heap = new Testimony(
                Witness.HEAP,
                open.className().isEmpty() ? Agreement.SILENT : Agreement.SUPPORTS,
                open.className().isEmpty()
                        ? "its object is gone, or no dump shows it"
                        : "+" + number(open.perRun()) + " per run that nothing holds, before a collection");
        int lines = open.origins().size();
        Testimony trace = new Testimony(
                Witness.TRACE,
                lines == 0 ? Agreement.SILENT : Agreement.SUPPORTS,
                lines == 0
                        ? "no line is known that opens it"
                        : "opened on " + lines + (lines == 1 ? " line" : " lines"));
        double descriptors = open.descriptors().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        Testimony counters = new Testimony(
                Witness.COUNTERS,
                descriptors == 0 ? Agreement.SILENT : Agreement.SUPPORTS,
                descriptors == 0
                        ? "no counter tells of this memory"
                        : "file descriptors +" + number(descriptors) + " per run");
        return reconciled(heap, trace, counters);
    }

    /**
     * Says what is known of a test that passed.
     *
     * @param allocated what its first run allocated, its runner included; 0 if that is not known
     */
    static Reconciliation ofPassed(Reason reason, long allocated) {
        if (reason.verdict() != Verdict.PASSED) {
            return Reconciliation.NONE;
        }
        Reading reading = switch (reason) {
            case NO_GROWTH, NOT_REPEATED -> Reading.TEMPORARY;
            case FILLING, SOFT_HELD -> Reading.BOUNDED;
            default -> Reading.SUPPRESSED;
        };
        return new Reconciliation(
                List.of(
                        new Testimony(Witness.HEAP, Agreement.SUPPORTS, heapOf(reason)),
                        new Testimony(
                                Witness.TRACE, Agreement.SILENT, "nothing was recorded: there is nothing to explain"),
                        new Testimony(
                                Witness.COUNTERS,
                                allocated == 0 ? Agreement.SILENT : Agreement.SUPPORTS,
                                allocated == 0
                                        ? "this JVM does not count what a thread allocates"
                                        : Bytes.rounded(allocated)
                                                + " allocated in the first run, its runner included")),
                reading);
    }

    private static String heapOf(Reason reason) {
        return switch (reason) {
            case NO_GROWTH -> "no class has more objects than before";
            case NOT_REPEATED -> "what the first run added, others did not add again";
            case FILLING -> "what grows becomes slower and slower, or is full";
            case SOFT_HELD -> "what grows goes when memory is short";
            default -> "what grows is allowed, known or expected";
        };
    }

    private static Reconciliation reconciled(Testimony heap, Testimony trace, Testimony counters) {
        boolean traced = trace.agreement() == Agreement.SUPPORTS;
        if (heap.agreement() == Agreement.SILENT) {
            return new Reconciliation(List.of(heap, trace, counters), Reading.COUNTERS_ONLY);
        }
        Reading reading = switch (counters.agreement()) {
            case CONTRADICTS -> Reading.COUNTERS_DISAGREE;
            case SILENT -> traced ? Reading.BELOW_COUNTERS : Reading.HEAP_ONLY;
            case SUPPORTS -> traced ? Reading.CONFIRMED : Reading.NOT_TRACED;
        };
        return new Reconciliation(List.of(heap, trace, counters), reading);
    }

    private static Testimony heap(Leak leak, int runs) {
        String growth = leak.objectsPerRun() == 0
                ? Bytes.rounded(Math.round(leak.bytesPerRun()))
                : number(leak.objectsPerRun())
                        + (leak.referencesOnly() ? " reference" : " object")
                        + (leak.objectsPerRun() == 1 ? "" : "s");
        return new Testimony(
                Witness.HEAP,
                Agreement.SUPPORTS,
                "+" + growth + " per run in " + runs + " runs between two heap dumps");
    }

    private static Testimony trace(Leak leak, Detailed detailed) {
        List<Sample> samples = detailed.trace().samplesOf(Set.of(leak.chain().leakedClass()));
        int alive = samples.stream().mapToInt(Sample::alive).sum();
        String sampled = detailed.trace().isPresent()
                ? "; samples alive after " + detailed.trace().collections().size() + " collections: " + alive
                : "; no recording: " + detailed.trace().missing();
        if (!leak.origins().isEmpty() || detailed.made() > 0) {
            String lines = leak.origins().isEmpty()
                    ? "made per run: " + detailed.made() + ", by lines that make others of the class, too"
                    : "made per run: " + detailed.made() + ", lines: "
                            + leak.origins().size();
            return new Testimony(Witness.TRACE, Agreement.SUPPORTS, lines + sampled);
        } else if (alive > 0) {
            return new Testimony(Witness.TRACE, Agreement.SUPPORTS, "no line is known" + sampled);
        }
        String why = !LeakDetails.isMade(leak)
                ? "nothing is made: " + (leak.referencesOnly() ? "references are added" : "an array becomes longer")
                : detailed.missing().isEmpty() ? "no line is known that makes it" : detailed.missing();
        return new Testimony(Witness.TRACE, Agreement.SILENT, why + sampled);
    }

    private static Testimony counters(Leak leak, double bytesPerRun, HeapInterval interval, long allocated) {
        CounterChange change = interval.counters();
        if (change == null) {
            return new Testimony(Witness.COUNTERS, Agreement.SILENT, "not read: " + interval.missing());
        }
        return switch (leak.kind()) {
            // Virtual threads are not counted: then no platform thread like it is alive.
            case THREADS ->
                counted(
                        "threads",
                        leak.thread() == null ? OptionalLong.empty() : OptionalLong.of(change.threads()),
                        leak.objectsPerRun(),
                        interval.runs());
            case CLASS_LOADERS ->
                counted(
                        "classes",
                        OptionalLong.of(change.classesLoaded() - change.classesUnloaded()),
                        leak.objectsPerRun(),
                        interval.runs());
            case FILES -> counted("file descriptors", change.fileDescriptors(), leak.objectsPerRun(), interval.runs());
            case BUFFERS ->
                counted(
                        "bytes of buffers",
                        OptionalLong.of(change.bufferBytes()),
                        leak.objectsPerRun(),
                        interval.runs());
            default -> bytes(bytesPerRun, change, interval, allocated);
        };
    }

    /** These never contradict: what is kept may be closed, a class loader may be without classes, and buffers may share their bytes. */
    private static Testimony counted(String what, OptionalLong growth, double perRun, int runs) {
        if (growth.isEmpty()) {
            return new Testimony(Witness.COUNTERS, Agreement.SILENT, what + " are not counted");
        }
        boolean grew = growth.getAsLong() >= Math.max(1, perRun * runs / 2);
        return new Testimony(
                Witness.COUNTERS,
                grew ? Agreement.SUPPORTS : Agreement.SILENT,
                what + (growth.getAsLong() < 0 ? " " : " +") + growth.getAsLong() + " in " + runs + " runs");
    }

    private static Testimony bytes(double bytesPerRun, CounterChange change, HeapInterval interval, long allocated) {
        long expected = Math.round(bytesPerRun * interval.runs());
        String churn = allocated == 0
                ? ""
                : "; a run allocates " + Bytes.rounded(allocated) + ", its runner included, and the rest is temporary";
        if (expected < CLEARLY * interval.resolution()) {
            return new Testimony(
                    Witness.COUNTERS,
                    Agreement.SILENT,
                    Bytes.rounded(expected) + " in all cannot be seen, for the heap is counted to "
                            + Bytes.rounded(interval.resolution()) + churn);
        }
        double perRun = change.perRun(interval.runs()).heapBytes();
        return new Testimony(
                Witness.COUNTERS,
                perRun >= bytesPerRun / 2 ? Agreement.SUPPORTS : Agreement.CONTRADICTS,
                "heap " + (perRun < 0 ? "-" : "+") + Bytes.rounded(Math.round(Math.abs(perRun)))
                        + " per run, the dumps say +" + Bytes.rounded(Math.round(bytesPerRun)) + churn);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
