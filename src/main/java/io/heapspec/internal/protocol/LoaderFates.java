package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;

import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.disposable.DisposedLoader;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.protocol.LoaderFate.Kind;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Finds out whether a class loader is held, and by what. It is asked with patience, for what is about to end, a thread for instance, lets it go
 * by itself; only what is held even then is looked for in a dump.
 */
final class LoaderFates {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Collector collector = new Collector();
    private final HeapDumper dumper = new HeapDumper(collector);

    LoaderFate of(DisposedLoader loader, LoaderPlan plan) throws NotMeasurableException {
        if (isCollectedWithin(plan.patience(), loader)) {
            return collected();
        }
        String within =
                "forced collections left it alive for " + plan.patience().toMillis() + " ms";
        try (Dump dump = dumper.dump(dumper.prepare(plan.dumps()));
                HeapGraph graph = HeapGraph.open(dump.file())) {
            int object = find(loader, graph);
            if (object < 0) {
                return collected();
            }
            Optional<RootPath> strong = PathFinder.of(graph).shortestTo(object);
            if (strong.isPresent()) {
                return new LoaderFate(Kind.HELD, within, new PathWords(graph).of(strong.get()));
            } else if (isSoftlyHeld(graph, object)) {
                return new LoaderFate(Kind.SOFTLY_HELD, within + ", but only soft references lead to it", null);
            }
        } catch (IOException | CollectionNotConfirmedException | OutOfMemoryError e) {
            throw new NotMeasurableException(
                    Reason.NO_DUMP,
                    "the class loader is held, but there is no heap dump to explain it by: " + e.getMessage(),
                    null);
        }
        return unexplained(loader, plan, within);
    }

    /** What no path leads to is about to go. */
    private LoaderFate unexplained(DisposedLoader loader, LoaderPlan plan, String within)
            throws NotMeasurableException {
        if (isCollectedWithin(plan.patience(), loader)) {
            return collected();
        }
        throw new NotMeasurableException(
                Reason.UNEXPLAINED, within + ", but nothing that the heap dump shows holds it", null);
    }

    private static LoaderFate collected() {
        return new LoaderFate(Kind.COLLECTED, "it was collected", null);
    }

    private static boolean isSoftlyHeld(HeapGraph graph, int object) {
        return PathFinder.of(graph)
                .following(ReferenceStrength.SOFT)
                .shortestTo(object)
                .isPresent();
    }

    /** Returns the loader in the dump; a negative number if it was collected before. */
    private static int find(DisposedLoader loader, HeapGraph graph) {
        String handle = DisposedLoader.class.getName();
        return graph.objectsOf(handle)
                .filter(each -> {
                    HeapField number = graph.field(each, handle, DisposedLoader.NUMBER);
                    return number != null && graph.primitiveField(each, number) == loader.number();
                })
                .map(each -> graph.referenceField(each, Reference.class.getName(), "referent"))
                .findFirst()
                .orElse(-1);
    }

    private boolean isCollectedWithin(Duration patience, DisposedLoader loader) throws NotMeasurableException {
        try {
            collector.collect();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(patience)
                    .until(() -> isCollected(loader));
            return true;
        } catch (ConditionTimeoutException held) {
            return false;
        } catch (CollectionNotConfirmedException e) {
            throw new NotMeasurableException(Reason.NO_CONFIRMED_COLLECTION, e.getMessage(), e);
        }
    }

    private boolean isCollected(DisposedLoader loader) throws CollectionNotConfirmedException {
        if (!loader.refersTo(null)) {
            collector.collect();
        }
        return loader.refersTo(null);
    }
}
