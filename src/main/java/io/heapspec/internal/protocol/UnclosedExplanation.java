package io.heapspec.internal.protocol;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.counters.Descriptors;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.protocol.UnclosedCheck.Openings;
import io.heapspec.internal.retention.Fingerprint;
import io.heapspec.internal.retention.UnclosedObjects;
import io.heapspec.internal.retention.UnclosedObjects.Unclosed;
import io.heapspec.result.LeakKind;
import io.heapspec.result.Severity;
import io.heapspec.result.UnclosedResource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Names what is left open: repeats the test a few times more, and dumps the whole heap before a collection can take what was left. Then it looks for
 * the lines that made it.
 */
final class UnclosedExplanation {

    private static final System.Logger LOGGER = System.getLogger(UnclosedExplanation.class.getName());
    private static final int RUNS = 5;
    private static final int ATTEMPTS = 3;

    private final LeakPlan plan;
    private final HeapDumper dumper;
    private final LiveSet liveSet;
    private final Sensitivity sensitivity;
    private final Origins origins;
    private final Map<String, Unclosed> named = new TreeMap<>();

    UnclosedExplanation(LeakPlan plan, HeapDumper dumper, LiveSet liveSet, Sensitivity sensitivity, Origins origins) {
        this.plan = plan;
        this.dumper = dumper;
        this.liveSet = liveSet;
        this.sensitivity = sensitivity;
        this.origins = origins;
    }

    /**
     * Names it.
     *
     * @param heapGrows whether the heap shows growth, which may be what holds descriptors that stay open
     */
    List<UnclosedResource> explain(Openings openings, Repeater repeater, boolean heapGrows)
            throws NotMeasurableException {
        int runs = Math.max(RUNS, sensitivity.leastRuns());
        Seen seen = see(runs, repeater);
        named.putAll(seen.objects());
        LOGGER.log(Level.DEBUG, () -> "left open: " + seen);
        named.values()
                .removeIf(each -> each.count() < sensitivity.leastGrowth(runs)
                        || (each.ofFile() ? !openings.files() : !openings.cleaners()));
        if (named.isEmpty()) {
            return openings.staying() && !heapGrows ? List.of(unnamed(seen, runs)) : List.of();
        }
        List<UnclosedResource> resources = new ArrayList<>();
        named.forEach((name, each) -> resources.add(resource(name, each, openings, seen, runs)));
        return resources;
    }

    /** Adds the lines that made what was named. They take longer than all else, and are for a reader. */
    List<UnclosedResource> withLines(List<UnclosedResource> resources, RepeatableTest test, Repeater repeater) {
        Set<String> classes = new HashSet<>();
        resources.forEach(each -> classes.addAll(classesOf(each)));
        Origins.Found found = origins.of(
                classes,
                test,
                repeater,
                own -> resources.stream().allMatch(each -> own.made(classesOf(each)) >= each.perRun()));
        return resources.stream()
                .map(each -> each.openedAt(found.of(classesOf(each))))
                .toList();
    }

    private Set<String> classesOf(UnclosedResource resource) {
        Unclosed objects = named.get(resource.className());
        return objects == null ? Set.of() : objects.classes();
    }

    private Seen see(int runs, Repeater repeater) throws NotMeasurableException {
        try (Dump prepared = dumper.prepare(plan.dumps())) {
            Map<String, Integer> descriptors = runWithoutACollection(runs, repeater);
            Dump dump = dumper.dumpAll(prepared);
            try (HeapGraph graph = HeapGraph.open(dump.file())) {
                return new Seen(UnclosedObjects.in(graph), descriptors);
            }
        } catch (IOException e) {
            throw Dumps.none(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw Dumps.none("the heap is too small to read its dump (" + e.getMessage() + ")", null);
        }
    }

    /**
     * Runs until no collection came between, a few times at most.
     *
     * @return by how many descriptors of each sort there are more
     */
    private Map<String, Integer> runWithoutACollection(int runs, Repeater repeater) throws NotMeasurableException {
        Map<String, Integer> more = Map.of();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            liveSet.collect();
            Descriptors before = Descriptors.read();
            long collections = Counters.collections();
            repeater.run(runs);
            more = Descriptors.read().minus(before);
            if (Counters.collections() == collections) {
                return more;
            }
        }
        return more;
    }

    private static UnclosedResource resource(String name, Unclosed each, Openings openings, Seen seen, int runs) {
        LeakKind kind = each.ofFile() ? LeakKind.FILES : LeakKind.NATIVE_MEMORY;
        return new UnclosedResource(
                kind,
                severity(kind),
                name,
                (double) each.count() / runs,
                !each.ofFile() || !openings.staying(),
                each.ofFile() ? perRun(seen.descriptors(), runs) : Map.of(),
                List.of(),
                fingerprint(kind, name));
    }

    private static UnclosedResource unnamed(Seen seen, int runs) {
        Map<String, Double> sorts = perRun(seen.descriptors(), runs);
        double perRun = sorts.values().stream().mapToDouble(Double::doubleValue).sum();
        return new UnclosedResource(
                LeakKind.FILES,
                severity(LeakKind.FILES),
                "",
                perRun == 0 ? 1 : perRun,
                false,
                sorts,
                List.of(),
                fingerprint(LeakKind.FILES, String.join(",", sorts.keySet())));
    }

    /** What is left open is gone from the heap with the next collection. */
    private static Severity severity(LeakKind kind) {
        return Severity.of(kind, 0, Runtime.getRuntime().maxMemory());
    }

    private static Map<String, Double> perRun(Map<String, Integer> descriptors, int runs) {
        Map<String, Double> sorts = new TreeMap<>();
        descriptors.forEach((sort, count) -> {
            if (count >= runs) {
                sorts.put(sort, (double) count / runs);
            }
        });
        return sorts;
    }

    private static String fingerprint(LeakKind kind, String name) {
        return Fingerprint.ofText("unclosed\n" + kind + "\n" + name);
    }

    /**
     * What there was after a few runs.
     *
     * @param objects objects that are left open, by class
     * @param descriptors by how many descriptors of each sort there were more
     */
    private record Seen(Map<String, Unclosed> objects, Map<String, Integer> descriptors) {}
}
