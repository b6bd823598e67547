package io.heapspec.internal.watch;

import static org.awaitility.Awaitility.await;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.gc.SoftClearing;
import io.heapspec.internal.watch.DumpedObjects.Found;
import io.heapspec.internal.watch.Expectations.Taken;
import io.heapspec.result.Reachability;
import io.heapspec.result.Reason;
import io.heapspec.result.RetainedObject;
import io.heapspec.result.WatchJudgement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether what is expected to be gone is: by one confirmed collection in the good case. What is still there gets some time, since threads
 * end and queues run empty; only what is there even then is looked for in a dump, all of it at once.
 *
 * <p>Thread-safe; no heap of its own is needed, since nothing is compared with what was before.
 */
public final class CollectionCheck {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Collector collector = new Collector();
    private final SoftClearing softClearing = new SoftClearing(collector);
    private final HeapDumper dumper = new HeapDumper(collector);
    private final Reachability weakest;
    private final Duration patience;
    private final Path dumps;

    /**
     * @param weakest how strongly an object must be reachable to count as retained
     * @param patience how long to wait for what is let go of by itself
     * @param dumps folder for a dump, which is deleted after reading
     */
    public CollectionCheck(Reachability weakest, Duration patience, Path dumps) {
        this.weakest = weakest;
        this.patience = patience;
        this.dumps = dumps;
    }

    /** Judges what is expected. */
    public WatchJudgement judge(Taken expected) {
        long start = System.nanoTime();
        Outcome outcome;
        try {
            outcome = outcome(expected);
        } catch (CollectionNotConfirmedException e) {
            outcome = Outcome.of(Reason.NO_CONFIRMED_COLLECTION, String.valueOf(e.getMessage()));
        } catch (IOException | OutOfMemoryError e) {
            outcome = Outcome.of(
                    Reason.NO_DUMP,
                    "something is alive, and there is no heap dump to explain it by: " + e.getMessage());
        }
        double millis = (System.nanoTime() - start) / 1e6;
        return new WatchJudgement(outcome.reason(), outcome.detail(), expected.size(), outcome.retained(), millis);
    }

    private Outcome outcome(Taken expected) throws CollectionNotConfirmedException, IOException {
        collect();
        List<UnwantedInstances> instances =
                expected.instances().stream().filter(this::mayBeAlive).toList();
        boolean atOnce = areCollected(expected);
        if (!atOnce && isCollectedInTime(expected) && instances.isEmpty()) {
            return later();
        } else if (atOnce && instances.isEmpty()) {
            return Outcome.of(Reason.COLLECTED, "one collection took everything");
        }
        Found found = find(expected.objects(), instances);
        if (!found.isHeld()) {
            return unheld(found, expected, atOnce);
        }
        collect();
        List<RetainedObject> retained = found.stillThere();
        return retained.isEmpty()
                ? later()
                : new Outcome(
                        Reason.RETAINED,
                        "forced collections left " + (retained.size() == 1 ? "it" : "them") + " alive for "
                                + patience.toMillis() + " ms",
                        retained);
    }

    private Outcome unheld(Found found, Taken expected, boolean atOnce) throws CollectionNotConfirmedException {
        if (atOnce) {
            return Outcome.of(Reason.COLLECTED, "one collection took everything");
        } else if (isCollectedInTime(expected)) {
            return later();
        } else if (found.isSoftHeld() && !found.isUnexplained()) {
            return Outcome.of(Reason.SOFT_HELD, "what is alive is held through soft references only");
        }
        return Outcome.of(
                Reason.UNEXPLAINED, "collections do not take it, and nothing that a heap dump shows holds it");
    }

    private static Outcome later() {
        return Outcome.of(
                Reason.COLLECTED_LATER,
                "something let go of it by itself, after the first collection had left it alive");
    }

    private void collect() throws CollectionNotConfirmedException {
        if (weakest == Reachability.SOFT) {
            softClearing.clear();
        } else {
            collector.collect();
        }
    }

    private static boolean areCollected(Taken expected) {
        return expected.objects().stream().allMatch(WatchedReference::isCollected);
    }

    private boolean isCollectedInTime(Taken expected) throws CollectionNotConfirmedException {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(patience)
                    .until(() -> {
                        collect();
                        return areCollected(expected);
                    });
            return true;
        } catch (ConditionTimeoutException held) {
            return false;
        }
    }

    /** Only of a class without subclasses a histogram tells that there is no instance. */
    private boolean mayBeAlive(UnwantedInstances unwanted) {
        if (!unwanted.leaf()) {
            return true;
        }
        ClassTable classes = new ClassTable();
        try {
            Census live = new Histograms(classes).live();
            int id = classes.idOf(unwanted.className());
            return id >= 0 && live.count(id) > 0;
        } catch (HistogramUnavailableException noHistogram) {
            return true;
        }
    }

    private Found find(List<WatchedReference> objects, List<UnwantedInstances> instances)
            throws IOException, CollectionNotConfirmedException {
        try (Dump dump = dumper.dump(dumper.prepare(dumps));
                HeapGraph graph = HeapGraph.open(dump.file())) {
            return new DumpedObjects(graph, weakest).find(objects, instances);
        }
    }

    private record Outcome(Reason reason, String detail, List<RetainedObject> retained) {

        static Outcome of(Reason reason, @Nullable String detail) {
            return new Outcome(reason, String.valueOf(detail), List.of());
        }
    }
}
