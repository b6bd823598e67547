package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.protocol.Confirmation.LongBlocks;
import io.heapspec.internal.retention.FoundLeak;
import io.heapspec.internal.retention.LeakFinder;
import io.heapspec.internal.retention.Suspicion;
import io.heapspec.result.Reason;
import io.heapspec.result.SuppressedLeak;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The third step: dumps the heap before and after the long blocks, and finds the paths that grew with them.
 *
 * <p>Before the second dump it lingers: threads that are about to end, cleaners and queues get their time, and a suspect that vanishes
 * meanwhile is acquitted.
 */
final class Explanation {

    private final LeakPlan plan;
    private final HeapDumper dumper;
    private final ClassTable classes;
    private final Sensitivity sensitivity;
    private final Linger linger;
    private final Rehearsal rehearsal;
    private final CounterWitness counters;

    Explanation(
            LeakPlan plan,
            HeapDumper dumper,
            ClassTable classes,
            Sensitivity sensitivity,
            Linger linger,
            Rehearsal rehearsal,
            CounterWitness counters) {
        this.plan = plan;
        this.dumper = dumper;
        this.classes = classes;
        this.sensitivity = sensitivity;
        this.linger = linger;
        this.rehearsal = rehearsal;
        this.counters = counters;
    }

    /** Repeats the test in long blocks between dumps, and explains what grew. */
    Explained explain(Confirmation confirmation, Blocks blocks) throws NotMeasurableException {
        rehearsal.once(dumper, plan.dumps());
        try (Dumps dumps = new Dumps(dumper, plan.dumps())) {
            linger.warmUp();
            // Before the first dump, so that what it holds is in both.
            CounterReading start = counters.readTwice();
            dumps.first();
            // Dumping leaves something behind, the first time above all; that is not the test's.
            blocks.recount();
            LongBlocks repeated = confirmation.longBlocks();
            long loaded = Counters.classesLoadedSoFar();
            Suspects left = outlasting(repeated, blocks);
            if (left.isEmpty()) {
                return new Explained(repeated.bending() ? Reason.FILLING : Reason.NOT_REPEATED, List.of());
            }
            dumps.last();
            HeapInterval interval = since(start, repeated.runs());
            // No dump is read before both are written: what reading takes would be growth in the second.
            boolean settled = repeated.settled() && Counters.classesLoadedSoFar() == loaded;
            return compare(
                            dumps,
                            new Repeated(left, repeated.runs()),
                            () -> onceMore(confirmation, left, blocks),
                            settled)
                    .during(interval);
        } catch (IOException e) {
            throw Dumps.none(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw Dumps.none("the heap is too small to read its dump (" + e.getMessage() + ")", null);
        }
    }

    /** What the dumps show stands without the counters. */
    private HeapInterval since(CounterReading start, int runs) {
        try {
            return HeapInterval.between(start, counters.readTwice(), runs);
        } catch (NotMeasurableException cannotBeRead) {
            return HeapInterval.withoutCounters(runs, String.valueOf(cannotBeRead.getMessage()));
        }
    }

    /**
     * Returns what is still there after a while. What no longer piles up says nothing of arrays that became longer: their growth shows in
     * steps, and in the dumps.
     */
    private Suspects outlasting(LongBlocks repeated, Blocks blocks) throws NotMeasurableException {
        Suspects suspects = repeated.suspects();
        if (suspects.piling().length == 0) {
            return suspects;
        } else if (repeated.bending()) {
            return suspects.stretchingOnly();
        }
        linger.untilThreadsEnded(repeated.runs());
        blocks.recount();
        return suspects.pilingBy(sensitivity.leastGrowth(repeated.runsFrom()), repeated.from(), blocks.last());
    }

    private Again onceMore(Confirmation confirmation, Suspects suspects, Blocks blocks) throws NotMeasurableException {
        Census before = blocks.last();
        int runs = confirmation.onceMore();
        linger.untilThreadsEnded(runs);
        blocks.recount();
        return new Again(runs, suspects.pilingBy(sensitivity.leastGrowth(runs), before, blocks.last()));
    }

    /**
     * Compares the dumps, and a third one where what they show may have happened just once: then the test is repeated once more. So it is if
     * classes were loaded in the end, for what loads them adds to the heap, too, and does not go on.
     */
    private Explained compare(Dumps dumps, Repeated repeated, OneMoreBlock oneMore, boolean settled)
            throws IOException, NotMeasurableException {
        try (HeapGraph last = dumps.openLast()) {
            LeakFinder finder = LeakFinder.compare(question(repeated), dumps::openFirst, last, repeated.runs());
            Again again = null;
            if (finder.isAmbiguous() || !settled) {
                again = oneMore.run();
                dumps.later();
                try (HeapGraph later = dumps.openLater()) {
                    finder.confirm(later, again.runs());
                }
            }
            List<FoundLeak> found = finder.leaks();
            if (!found.isEmpty()) {
                return judge(found);
            }
            Reason known = acquittal(finder, repeated);
            if (known != null) {
                return new Explained(known, List.of());
            }
            return unexplained(repeated, again != null ? again : oneMore.run());
        }
    }

    /** Returns why nothing is to be accused though something grew; null if that is not known. */
    private static @Nullable Reason acquittal(LeakFinder finder, Repeated repeated) {
        if (repeated.suspects().piling().length == 0) {
            return Reason.NOT_REPEATED;
        } else if (finder.fillsArraysOnly()) {
            return Reason.FILLING;
        } else if (finder.growsBehindSoftReferences()) {
            return Reason.SOFT_HELD;
        }
        return finder.growsOutsideTheTest() ? Reason.NOT_REPEATED : null;
    }

    /** What no one place explains is first use here and there if it does not go on, and a riddle if it does. */
    private Explained unexplained(Repeated repeated, Again again) {
        return again.suspects().piling().length == 0
                ? new Explained(Reason.NOT_REPEATED, List.of())
                : new Explained(
                        Reason.UNEXPLAINED, List.of(), names(repeated.suspects().piling()), List.of(), null);
    }

    private LeakFinder.Question question(Repeated repeated) {
        return new LeakFinder.Question(
                plan.retention(),
                new Suspicion(
                        names(repeated.suspects().piling()),
                        names(repeated.suspects().stretching())),
                sensitivity::leastGrowthOfPath,
                StaticFields::isFinal);
    }

    private Explained judge(List<FoundLeak> found) {
        List<FoundLeak> hard = found.stream().filter(leak -> !leak.softHeld()).toList();
        if (hard.isEmpty()) {
            return new Explained(Reason.SOFT_HELD, List.of());
        }
        Fates<FoundLeak> fates = Fates.of(hard, plan);
        Reason reason = fates.counting().isEmpty() ? Fates.reason(fates.suppressed()) : Reason.LEAK;
        return new Explained(reason, fates.counting(), Set.of(), fates.suppressed(), null);
    }

    private Set<String> names(int[] ids) {
        return Arrays.stream(ids).mapToObj(classes::nameOf).collect(Collectors.toSet());
    }

    /**
     * What happened between the first two dumps.
     *
     * @param suspects what grew
     * @param runs how many repetitions there were
     */
    private record Repeated(Suspects suspects, int runs) {}

    /** Repeats the test once more. */
    private interface OneMoreBlock {

        Again run() throws NotMeasurableException;
    }

    /**
     * What happened when the test was repeated once more.
     *
     * @param suspects what grew again
     * @param runs how many repetitions there were
     */
    private record Again(int runs, Suspects suspects) {}

    /**
     * What the dumps say.
     *
     * @param reason the verdict's reason
     * @param leaks what breaks the promise
     * @param suspects names of the classes that grew without an explanation
     * @param suppressed what piles up without breaking the promise
     * @param interval what the counters say of the time between them; null if there were none to compare
     */
    record Explained(
            Reason reason,
            List<FoundLeak> leaks,
            Set<String> suspects,
            List<SuppressedLeak> suppressed,
            @Nullable HeapInterval interval) {

        Explained(Reason reason, List<FoundLeak> leaks) {
            this(reason, leaks, Set.of(), List.of(), null);
        }

        Explained during(HeapInterval known) {
            return new Explained(reason, leaks, suspects, suppressed, known);
        }
    }
}
