package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds what piled up between two dumps of the same program, and by which chain it is held.
 *
 * <p>Two dumps differ in addresses; they are compared by path names, each of which costs one breadth-first pass. A path that grew by the
 * runs between the dumps is a leak, the highest such path the accumulation point.
 *
 * <p>The idea of comparing paths rather than objects is that of BLeak (Vilk and Berger, PLDI 2018).
 */
public final class LeakFinder {

    private static final System.Logger LOGGER = System.getLogger(LeakFinder.class.getName());
    private static final int NO_PATH = -1;

    private final AllowedRetention allowed;
    private final Set<String> suspects;
    private final IntToLongFunction leastGrowth;
    private @Nullable Comparison compared;

    /**
     * @param allowed retention that breaks no promise
     * @param suspects names of the classes that the histogram saw growing
     * @param leastGrowth by how many objects or references a path must have grown in so many repetitions
     */
    public LeakFinder(AllowedRetention allowed, Set<String> suspects, IntToLongFunction leastGrowth) {
        this.allowed = allowed;
        this.suspects = Set.copyOf(suspects);
        this.leastGrowth = leastGrowth;
    }

    /** Compares the last dump with those before. Largest leak first; leaks of one fingerprint are one. */
    public List<FoundLeak> find(DumpSeries earlier, HeapGraph last) throws IOException {
        Comparison dumps = new Comparison(walkFirst(earlier), last);
        compared = dumps;
        long least = leastGrowth.applyAsLong(earlier.runs());
        Growth growth = dumps.growth(least, suspects);
        List<Accumulation> accumulations = growth.accumulations();
        if (isAmbiguous(accumulations, dumps.tree)) {
            accumulations = steady(accumulations, earlier, dumps);
        }
        if (accumulations.isEmpty()) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "no path grew by " + least + " of " + suspects + "; nearest: " + growth.nearest());
            return List.of();
        }
        return describe(accumulations, earlier.runs(), growth, dumps);
    }

    private static Comparison.Earlier walkFirst(DumpSeries earlier) throws IOException {
        try (HeapGraph first = earlier.openFirst()) {
            return Comparison.Earlier.of(first);
        }
    }

    /** More than one finding, or one without new objects of a suspected class, may have happened once between the dumps. */
    private boolean isAmbiguous(List<Accumulation> accumulations, PathTree tree) {
        return accumulations.size() > 1
                || accumulations.stream()
                        .anyMatch(each -> each.referencesOnly() || !suspects.contains(tree.typeOf(each.node())));
    }

    /** Keeps what grew before the dump in the middle, and again after it. */
    private List<Accumulation> steady(List<Accumulation> accumulations, DumpSeries earlier, Comparison dumps)
            throws IOException {
        PathCounts middle;
        try (HeapGraph dump = earlier.openMiddle()) {
            middle = Walk.strongly(dump, dumps.tree).counts();
        }
        long leastFirst = leastGrowth.applyAsLong(earlier.runsToMiddle());
        long leastThen = leastGrowth.applyAsLong(earlier.runs() - earlier.runsToMiddle());
        return accumulations.stream()
                .filter(accumulation -> accumulation.growth(dumps.before, middle) >= leastFirst
                        && accumulation.growth(middle, dumps.after) >= leastThen)
                .toList();
    }

    private List<FoundLeak> describe(List<Accumulation> accumulations, int runs, Growth growth, Comparison dumps) {
        ClassFacts facts = new ClassFacts(dumps.last);
        RetainedSizes retained = new RetainedSizes(dumps.last, dumps.tree, dumps.walk, accumulations);
        Chain chain = new Chain(dumps.tree, facts);
        Map<String, FoundLeak> leaks = new LinkedHashMap<>();
        for (int i = 0; i < accumulations.size(); i++) {
            Accumulation accumulation = accumulations.get(i);
            Leaf leaf = Leaf.below(accumulation, dumps.tree, growth, facts, dumps.last, dumps.walk);
            Retained each = perObject(dumps.after, accumulation, retained, i);
            FoundLeak leak = describe(accumulation, runs, leaf, chain, facts, growth, each);
            leaks.putIfAbsent(leak.leak().fingerprint(), leak);
        }
        return new ArrayList<>(leaks.values());
    }

    /** Tells whether objects pile up that are reachable through soft references only. */
    public boolean growsBehindSoftReferences(HeapGraph before, HeapGraph after, int runs) {
        return !compared(before, after)
                .growthWithSoft(leastGrowth.applyAsLong(runs), suspects)
                .accumulations()
                .isEmpty();
    }

    /**
     * Tells whether what the suspected classes grew by is little more than what the JVM and the judging added: constants of classes, which
     * the JVM enters in its own time, and the names of dumps.
     *
     * @param growthByClass by how many objects the histogram saw each suspected class grow
     */
    public boolean growsOutsideTheTest(HeapGraph before, HeapGraph after, Map<String, Long> growthByClass, int runs) {
        long least = leastGrowth.applyAsLong(runs);
        Growth growth = compared(before, after).growth(least, suspects);
        return growthByClass.entrySet().stream()
                .allMatch(grown -> grown.getValue() - growth.notOfTheTest(grown.getKey()) < least);
    }

    /** Returns the last comparison if it was with the same last dump: then its first was the same, too. */
    private Comparison compared(HeapGraph before, HeapGraph after) {
        Comparison known = compared;
        if (known == null || known.last != after) {
            known = new Comparison(Comparison.Earlier.of(before), after);
            compared = known;
        }
        return known;
    }

    private FoundLeak describe(
            Accumulation accumulation,
            int runs,
            Leaf leaf,
            Chain chain,
            ClassFacts facts,
            Growth growth,
            Retained each) {
        List<Hop> hops = chain.hops(leaf.node());
        boolean bareReference = accumulation.referencesOnly();
        EdgeName lastEdge = leaf.lastEdge();
        if (lastEdge != null) {
            hops.add(new Hop(NO_PATH, hops.get(hops.size() - 1).type(), lastEdge, leaf.type()));
        }
        int marked = bareReference ? NO_PATH : accumulation.node();
        GcRootPath path = chain.describe(hops, marked, leaf.type());
        Leak leak = new Leak(
                Fingerprint.of(path),
                kind(leaf, facts),
                path,
                (double) accumulation.growth() / runs,
                (double) accumulation.bytes() / runs,
                each.bytes(),
                each.objects(),
                leaf.referencesOnly());
        // A soft reference that itself holds something strongly lets go of that no sooner than any other object.
        boolean softHeld = !leaf.referencesOnly()
                && facts.isSoftReference(leaf.type())
                && growth.growingChildren(leaf.node()).isEmpty();
        return new FoundLeak(leak, softHeld, allowed.covers(hops));
    }

    private static LeakKind kind(Leaf leaf, ClassFacts facts) {
        if (facts.isA(leaf.type(), "java.lang.Thread")) {
            return LeakKind.THREADS;
        }
        boolean loader =
                facts.isA(leaf.type(), "java.lang.ClassLoader") || leaf.type().equals("java.lang.Class");
        return loader ? LeakKind.CLASS_LOADERS : LeakKind.OBJECTS;
    }

    private static Retained perObject(PathCounts counts, Accumulation accumulation, RetainedSizes sizes, int group) {
        long held = Math.max(1, counts.objects(accumulation.node()));
        return accumulation.referencesOnly()
                ? new Retained(0, 0)
                : new Retained(sizes.bytes(group) / held, Math.max(1, sizes.objects(group) / held));
    }

    private record Retained(long bytes, long objects) {}
}
