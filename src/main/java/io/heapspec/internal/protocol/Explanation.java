package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.protocol.Confirmation.LongBlocks;
import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.internal.retention.FoundLeak;
import io.heapspec.internal.retention.LeakFinder;
import io.heapspec.internal.retention.RetentionSnapshot;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The third step: dumps the heap before and after the long blocks, and finds the paths that grew with them.
 *
 * <p>Before the second dump it lingers: threads that are about to end, cleaners and queues get their time, and a suspect that vanishes
 * meanwhile is acquitted.
 */
final class Explanation {

    private static final System.Logger LOGGER = System.getLogger(Explanation.class.getName());

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

    /** Repeats the test in long blocks between two dumps, and explains what grew. */
    Explained explain(Confirmation confirmation, Blocks blocks) throws NotMeasurableException {
        try (Dump first = dumper.dump(plan.dumps())) {
            LOGGER.log(Level.DEBUG, () -> "dumped " + first.file());
            Census before = blocks.last();
            LongBlocks repeated = confirmation.longBlocks();
            if (repeated.suspects().isEmpty()) {
                return new Explained(Reason.NOT_REPEATED, List.of());
            } else if (repeated.bending()) {
                return new Explained(Reason.FILLING, List.of());
            }
            if (!outlasts(before, repeated, blocks)) {
                return new Explained(Reason.NOT_REPEATED, List.of());
            }
            try (Dump second = dumper.dump(plan.dumps())) {
                LOGGER.log(Level.DEBUG, () -> "dumped " + second.file());
                // Neither dump is read before both are written: what reading takes would be growth in the second.
                return compare(first.file(), second.file(), repeated);
            }
        } catch (IOException | CollectionNotConfirmedException e) {
            throw noDump(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw noDump("the heap is too small to read its dump (" + e.getMessage() + ")", null);
        }
    }

    private static NotMeasurableException noDump(@Nullable String why, @Nullable Exception cause) {
        return new NotMeasurableException(
                Reason.NO_DUMP, "growth was confirmed, but there is no heap dump to explain it by: " + why, cause);
    }

    private static RetentionSnapshot read(Path dump) throws IOException {
        try (HeapGraph graph = HeapGraph.open(dump)) {
            return RetentionSnapshot.of(graph);
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

    private Explained compare(Path first, Path second, LongBlocks repeated) throws IOException {
        RetentionSnapshot before = read(first);
        LOGGER.log(Level.DEBUG, "read the first dump");
        try (HeapGraph after = HeapGraph.open(second)) {
            LeakFinder finder = new LeakFinder(
                    AllowedRetention.parse(plan.allowed()),
                    names(repeated.suspects()),
                    repeated.runs(),
                    sensitivity.leastGrowthOfPath(repeated.runs()));
            List<FoundLeak> found = finder.find(before, after);
            if (!found.isEmpty()) {
                return judge(found);
            }
            if (repeated.suspects().piling().length == 0) {
                return new Explained(Reason.NOT_REPEATED, List.of());
            }
            try (HeapGraph earlier = HeapGraph.open(first)) {
                boolean soft = finder.growsBehindSoftReferences(earlier, after);
                return new Explained(soft ? Reason.SOFT_HELD : Reason.UNEXPLAINED, List.of());
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

    /**
     * What the dumps say.
     *
     * @param reason the verdict's reason
     * @param leaks what breaks the promise
     */
    record Explained(Reason reason, List<FoundLeak> leaks) {}
}
