package io.heapspec.internal.watch;

import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.HeapInstance;
import io.heapspec.heap.ObjectKind;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.heap.RetainedSizes;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.Reachability;
import io.heapspec.result.RetainedObject;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds what is watched in a dump, and what holds it: one search for all, however many there are. */
final class DumpedObjects {

    /** Chains and sizes of more would not be read. */
    private static final int MOST_EXPLAINED = 16;

    private final HeapGraph graph;
    private final Reachability weakest;

    DumpedObjects(HeapGraph graph, Reachability weakest) {
        this.graph = graph;
        this.weakest = weakest;
    }

    Found find(List<WatchedReference> objects, List<UnwantedInstances> instances) {
        List<Target> targets = watched(objects);
        int watched = targets.size();
        instances.forEach(each -> targets.addAll(instances(each)));
        int[] sought = targets.stream().mapToInt(Target::object).distinct().toArray();
        Map<Integer, RootPath> paths = paths(weakest == Reachability.SOFT, sought);
        List<Target> held = targets.stream()
                .filter(each -> paths.containsKey(each.object()))
                .toList();
        int[] loose = targets.subList(0, watched).stream()
                .mapToInt(Target::object)
                .filter(each -> !paths.containsKey(each))
                .distinct()
                .toArray();
        int softHeld = paths(true, loose).size();
        return new Found(explained(held, paths), softHeld > 0, softHeld < loose.length);
    }

    private Map<Integer, RootPath> paths(boolean softly, int[] sought) {
        Map<Integer, RootPath> paths = new HashMap<>();
        if (sought.length > 0) {
            PathFinder.of(graph)
                    .following(softly ? ReferenceStrength.SOFT : ReferenceStrength.STRONG)
                    .shortest(sought)
                    .forEach(path -> paths.put(path.target(), path));
        }
        return paths;
    }

    private List<Target> watched(List<WatchedReference> objects) {
        Map<Long, WatchedReference> byNumber = new HashMap<>();
        objects.forEach(each -> byNumber.put(each.number(), each));
        String handle = WatchedReference.class.getName();
        List<Target> targets = new ArrayList<>();
        graph.objectsOf(handle).forEach(each -> {
            HeapField number = graph.field(each, handle, WatchedReference.NUMBER);
            WatchedReference known = number == null ? null : byNumber.get(graph.primitiveField(each, number));
            int referent = graph.referenceField(each, Reference.class.getName(), "referent");
            if (known != null && referent >= 0) {
                targets.add(new Target(referent, known.className(), known.why(), known));
            }
        });
        return targets;
    }

    private List<Target> instances(UnwantedInstances unwanted) {
        return IntStream.range(0, graph.classCount())
                .mapToObj(graph::classAt)
                .filter(type -> type.isSubclassOf(unwanted.className()))
                .flatMapToInt(type -> graph.objectsOf(type.name()))
                .filter(each -> graph.kindOf(each) == ObjectKind.INSTANCE)
                .distinct()
                .filter(each -> unwanted.which().test(new HeapInstance(graph, each)))
                .mapToObj(each -> new Target(each, graph.classOf(each).name(), unwanted.why(), null))
                .toList();
    }

    private List<Explained> explained(List<Target> held, Map<Integer, RootPath> paths) {
        int[] first = held.subList(0, Math.min(MOST_EXPLAINED, held.size())).stream()
                .mapToInt(Target::object)
                .distinct()
                .toArray();
        List<Explained> explained = new ArrayList<>();
        if (first.length == 0) {
            return explained;
        }
        RetainedSizes sizes = RetainedSizes.of(graph, first);
        PathWords words = new PathWords(graph);
        for (Target each : held) {
            RootPath path = explained.size() < MOST_EXPLAINED ? paths.get(each.object()) : null;
            String name = ClassNames.stable(each.className());
            RetainedObject described = path == null
                    ? new RetainedObject(name, each.why(), null, 0, 0)
                    : new RetainedObject(
                            name, each.why(), words.of(path), sizes.bytes(each.object()), sizes.objects(each.object()));
            explained.add(new Explained(each.reference(), described));
        }
        return explained;
    }

    private record Target(
            int object,
            String className,
            String why,
            @Nullable WatchedReference reference) {}

    private record Explained(@Nullable WatchedReference reference, RetainedObject object) {}

    /**
     * What the dump shows.
     *
     * @param held what is held, with its chain
     * @param isSoftHeld whether something is held through soft references only, and that does not count
     * @param isUnexplained whether something is alive and nothing holds it
     */
    record Found(List<Explained> held, boolean isSoftHeld, boolean isUnexplained) {

        boolean isHeld() {
            return !held.isEmpty();
        }

        /** Returns what has not gone since the dump was written. */
        List<RetainedObject> stillThere() {
            return held.stream()
                    .filter(each ->
                            each.reference() == null || !each.reference().isCollected())
                    .map(Explained::object)
                    .toList();
        }
    }
}
