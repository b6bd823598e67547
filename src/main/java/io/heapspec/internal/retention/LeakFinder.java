package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final int runs;
    private final long leastGrowth;

    /**
     * @param allowed retention that breaks no promise
     * @param suspects names of the classes that the histogram saw growing
     * @param runs repetitions between the dumps
     * @param leastGrowth by how many objects or references a path must have grown
     */
    public LeakFinder(AllowedRetention allowed, Set<String> suspects, int runs, long leastGrowth) {
        this.allowed = allowed;
        this.suspects = Set.copyOf(suspects);
        this.runs = runs;
        this.leastGrowth = leastGrowth;
    }

    /** Compares a dump with an earlier one. Largest leak first; leaks of one fingerprint are one. */
    public List<FoundLeak> find(RetentionSnapshot before, HeapGraph after) {
        PathTree tree = before.tree;
        Walk walk = Walk.strongly(after, tree);
        Growth growth = new Growth(tree, before.counts, walk.counts(), leastGrowth, suspects);
        List<Accumulation> accumulations = growth.accumulations();
        if (accumulations.isEmpty()) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "no path grew by " + leastGrowth + " objects of " + suspects + "; nearest: "
                            + growth.nearest());
            return List.of();
        }
        ClassFacts facts = new ClassFacts(after);
        RetainedSizes retained = new RetainedSizes(after, walk, accumulations);
        Map<String, FoundLeak> leaks = new LinkedHashMap<>();
        for (int i = 0; i < accumulations.size(); i++) {
            Accumulation accumulation = accumulations.get(i);
            Leaf leaf = Leaf.below(accumulation, tree, growth, facts, after, walk);
            FoundLeak leak = describe(
                    accumulation, leaf, new Chain(tree, facts), facts, perObject(walk, accumulation, retained, i));
            leaks.putIfAbsent(leak.leak().fingerprint(), leak);
        }
        return new ArrayList<>(leaks.values());
    }

    /** Tells whether objects pile up that are reachable through soft references only. */
    public boolean growsBehindSoftReferences(HeapGraph before, HeapGraph after) {
        PathTree tree = new PathTree();
        PathCounts earlier = Walk.softly(before, tree).counts();
        PathCounts later = Walk.softly(after, tree).counts();
        return !new Growth(tree, earlier, later, leastGrowth, suspects)
                .accumulations()
                .isEmpty();
    }

    private FoundLeak describe(Accumulation accumulation, Leaf leaf, Chain chain, ClassFacts facts, Retained each) {
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
        boolean softHeld = !leaf.referencesOnly() && facts.isSoftReference(leaf.type());
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

    private static Retained perObject(Walk walk, Accumulation accumulation, RetainedSizes sizes, int group) {
        long held = Math.max(1, walk.counts().objects(accumulation.node()));
        return accumulation.referencesOnly()
                ? new Retained(0, 0)
                : new Retained(sizes.bytes(group) / held, Math.max(1, sizes.objects(group) / held));
    }

    private record Retained(long bytes, long objects) {}
}
