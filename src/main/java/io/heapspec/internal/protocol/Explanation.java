package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.protocol.Confirmation.LongBlocks;
import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.internal.retention.FoundLeak;
import io.heapspec.internal.retention.LeakFinder;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The third step: dumps the heap before and after the long blocks, and finds the paths that grew with them.
 *
 * <p>Before the second dump it lingers: threads that are about to end, cleaners and queues get their time, and a suspect that vanishes
 * meanwhile is acquitted.
 */
final class Explanation {

    private static final int FRAMES = 2;

    private final LeakPlan plan;
    private final HeapDumper dumper;
    private final ClassTable classes;
    private final Sensitivity sensitivity;
    private final Linger linger;

    Explanation(LeakPlan plan, HeapDumper dumper, ClassTable classes, Sensitivity sensitivity, Linger linger) {
        this.plan = plan;
        this.dumper = dumper;
        this.classes = classes;
        this.sensitivity = sensitivity;
        this.linger = linger;
    }

    /** Repeats the test in long blocks between dumps, and explains what grew. */
    Explained explain(Confirmation confirmation, Blocks blocks) throws NotMeasurableException {
        try (Dumps dumps = new Dumps(dumper, plan.dumps())) {
            linger.warmUp();
            Framed framed = frame(dumps, confirmation, blocks);
            Census before = framed.before();
            LongBlocks repeated = framed.repeated();
            if (repeated.suspects().isEmpty()) {
                return new Explained(Reason.NOT_REPEATED, List.of());
            } else if (repeated.bending()) {
                return new Explained(Reason.FILLING, List.of());
            }
            if (!outlasts(before, repeated, blocks)) {
                return new Explained(Reason.NOT_REPEATED, List.of());
            }
            dumps.last(repeated.runs());
            // No dump is read before all are written: what reading takes would be growth in the next.
            return compare(dumps, repeated, growth(repeated.suspects(), before, blocks.last()));
        } catch (IOException e) {
            throw Dumps.none(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw Dumps.none("the heap is too small to read its dump (" + e.getMessage() + ")", null);
        }
    }

    /** Dumps and repeats, once more if classes were loaded meanwhile: what loads them adds to the heap, too, and does not go on. */
    private static Framed frame(Dumps dumps, Confirmation confirmation, Blocks blocks) throws NotMeasurableException {
        for (int attempt = 1; ; attempt++) {
            dumps.first();
            // Dumping leaves something behind, the first time above all; that is not the test's.
            blocks.recount();
            long loaded = Counters.classesLoadedSoFar();
            Census before = blocks.last();
            LongBlocks repeated = confirmation.longBlocks(dumps::middle);
            boolean settled = Counters.classesLoadedSoFar() == loaded;
            if (settled || attempt == FRAMES || repeated.suspects().isEmpty() || repeated.bending()) {
                return new Framed(before, repeated);
            }
        }
    }

    private boolean outlasts(Census before, LongBlocks repeated, Blocks blocks) throws NotMeasurableException {
        if (repeated.suspects().piling().length == 0) {
            return true;
        }
        linger.untilThreadsEnded();
        blocks.recount();
        return repeated.suspects().largestGrowth(before, blocks.last())
                >= sensitivity.leastGrowthOfPath(repeated.runs());
    }

    private Explained compare(Dumps dumps, LongBlocks repeated, Map<String, Long> growthByClass) throws IOException {
        try (HeapGraph after = dumps.openLast()) {
            LeakFinder finder = new LeakFinder(
                    AllowedRetention.parse(plan.allowed()), names(repeated.suspects()), sensitivity::leastGrowthOfPath);
            List<FoundLeak> found = finder.find(dumps, after);
            if (!found.isEmpty()) {
                return judge(found);
            }
            if (repeated.suspects().piling().length == 0) {
                return new Explained(Reason.NOT_REPEATED, List.of());
            }
            try (HeapGraph before = dumps.openFirst()) {
                if (finder.growsOutsideTheTest(before, after, growthByClass, repeated.runs())) {
                    return new Explained(Reason.NOT_REPEATED, List.of());
                }
                boolean soft = finder.growsBehindSoftReferences(before, after, repeated.runs());
                return new Explained(
                        soft ? Reason.SOFT_HELD : Reason.UNEXPLAINED, List.of(), names(repeated.suspects()));
            }
        }
    }

    private Explained judge(List<FoundLeak> found) {
        List<FoundLeak> hard = found.stream().filter(leak -> !leak.softHeld()).toList();
        if (hard.isEmpty()) {
            return new Explained(Reason.SOFT_HELD, List.of());
        }
        List<FoundLeak> broken = hard.stream().filter(this::breaksThePromise).toList();
        return broken.isEmpty() ? new Explained(Reason.ALLOWED, List.of()) : new Explained(Reason.LEAK, broken);
    }

    private boolean breaksThePromise(FoundLeak leak) {
        return !leak.allowed()
                && plan.watch().contains(leak.leak().kind())
                && (plan.toleratedBytes() == 0 || leak.leak().bytesPerRun() > plan.toleratedBytes());
    }

    private Map<String, Long> growth(Suspects suspects, Census before, Census after) {
        Map<String, Long> growth = new HashMap<>();
        for (int id : suspects.piling()) {
            growth.put(classes.nameOf(id), after.count(id) - before.count(id));
        }
        return growth;
    }

    private Set<String> names(Suspects suspects) {
        Set<String> names = new HashSet<>();
        for (int id : suspects.piling()) {
            names.add(classes.nameOf(id));
        }
        for (int id : suspects.stretching()) {
            names.add(classes.nameOf(id));
        }
        return names;
    }

    /** Long blocks, and the census before them. */
    private record Framed(Census before, LongBlocks repeated) {}

    /**
     * What the dumps say.
     *
     * @param reason the verdict's reason
     * @param leaks what breaks the promise
     * @param suspects names of the classes that grew without an explanation
     */
    record Explained(Reason reason, List<FoundLeak> leaks, Set<String> suspects) {

        Explained(Reason reason, List<FoundLeak> leaks) {
            this(reason, leaks, Set.of());
        }
    }
}
