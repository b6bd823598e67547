package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.Severity;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
    private final Suspicion suspects;
    private final IntToLongFunction leastGrowth;
    private final Comparison dumps;
    private final int runs;
    private final Growth growth;
    private final Accumulations places;
    private final ClassFacts facts;
    private final FadingReferences fading;
    private final Echoes echoes;
    private final boolean nothingGrew;
    private final boolean fillsArraysOnly;
    private List<Accumulation> accumulations;

    private LeakFinder(Question question, Comparison dumps, int runs) {
        this.allowed = question.allowed();
        this.suspects = question.suspects();
        this.leastGrowth = question.leastGrowth();
        this.dumps = dumps;
        this.runs = runs;
        this.growth = dumps.growth(leastGrowth.applyAsLong(runs));
        this.facts = new ClassFacts(dumps.last);
        this.fading = new FadingReferences(dumps.last, dumps.walk, dumps.tree, facts);
        this.echoes = new Echoes(dumps, growth, facts);
        this.places = new Accumulations(dumps.tree, growth, suspects);
        List<Accumulation> all = places.all();
        this.nothingGrew = all.isEmpty();
        FixedArrays fixed = new FixedArrays(dumps.tree, dumps.before, dumps.after, question.isFinal());
        this.accumulations =
                all.stream().filter(each -> !fixed.bounds(each.node())).toList();
        this.fillsArraysOnly = accumulations.isEmpty() && !all.isEmpty();
    }

    /**
     * Compares two dumps.
     *
     * @param earlier opens the earlier dump, which is closed before the later one is walked
     * @param last the later one; it stays open as long as this finder is asked
     * @param runs how many repetitions lie between
     */
    public static LeakFinder compare(Question question, Opening earlier, HeapGraph last, int runs) throws IOException {
        long least = question.leastGrowth().applyAsLong(runs);
        return new LeakFinder(question, Comparison.of(earlier, last, least), runs);
    }

    /**
     * Tells whether what was found may have happened just once between the dumps, so that a third one has to confirm it. It has not if the
     * histogram saw the same growth in every block, both of what is put in at one place and of what is leaked; but what hangs on constants
     * of classes may be there because code was linked, and be seen for another reason; and references whose objects went all at once, as when
     * a thread ended at last, stay until somebody looks.
     */
    public boolean isAmbiguous() {
        return accumulations.size() > 1 || !accumulations.stream().allMatch(this::isSeenInEveryBlock);
    }

    private boolean isSeenInEveryBlock(Accumulation accumulation) {
        if (accumulation.unit() != Accumulation.Unit.OBJECTS
                || growth.isOfClasses(accumulation.node())
                || !suspects.piling().contains(dumps.tree.typeOf(accumulation.node()))) {
            return false;
        }
        Leaf leaf = leafOf(accumulation);
        if (facts.isA(leaf.type(), "java.lang.ref.Reference")) {
            return false;
        }
        return leaf.referencesOnly() || suspects.piling().contains(leaf.type());
    }

    /**
     * Keeps what grew again until a third dump, by half as much at least: what happened once does not grow at all.
     *
     * @param runsLater how many repetitions lie between the second dump and this one
     */
    public void confirm(HeapGraph later, int runsLater) {
        PathCounts counts = dumps.counts(later);
        long least = Math.max(1, leastGrowth.applyAsLong(runsLater) / 2);
        accumulations = accumulations.stream()
                .filter(each -> each.bytesOnly()
                        ? each.lengthens(dumps.before, dumps.after, counts, runs, runsLater)
                        : growsAgain(each, counts, least))
                .toList();
    }

    /** By the same path, or by others in the same structure: an index that is thrown dice for is another one each time. */
    private boolean growsAgain(Accumulation accumulation, PathCounts later, long least) {
        return accumulation.growth(dumps.after, later) >= least
                || accumulation.unit() == Accumulation.Unit.OBJECTS
                        && places.inStructureOf(accumulation, dumps.after, later) >= least;
    }

    /** Returns what piles up. Largest leak first; leaks of one fingerprint are one. */
    public List<FoundLeak> leaks() {
        if (accumulations.isEmpty()) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "no path grew in " + runs + " runs of " + suspects + "; nearest: " + growth.nearest());
        }
        return describe();
    }

    private List<FoundLeak> describe() {
        RetainedSizes retained = new RetainedSizes(dumps.last, dumps.tree, dumps.walk, accumulations);
        Chain chain = new Chain(dumps.tree, facts);
        ThreadLocals threadLocals = new ThreadLocals(dumps.last, dumps.walk, dumps.tree, chain);
        List<Leaf> leaves = accumulations.stream().map(this::leafOf).toList();
        List<FoundLeak> described = IntStream.range(0, leaves.size())
                .mapToObj(i -> {
                    Retained each = perObject(dumps.after, accumulations.get(i), retained, i);
                    Leaf leaf = leaves.get(i);
                    List<Hop> hops = threadLocals.named(chain.hops(leaf.node()), leaf.node());
                    return describe(accumulations.get(i), leaf, hops, chain, each);
                })
                .toList();
        // What may pile up, or goes when memory is short, excuses no other place that holds the same objects.
        List<Accumulation> firm = IntStream.range(0, leaves.size())
                .filter(i -> !described.get(i).allowed() && !described.get(i).softHeld())
                .filter(i -> !echoes.isPossibleAt(accumulations.get(i), leaves.get(i)))
                .mapToObj(accumulations::get)
                .toList();
        Map<String, FoundLeak> leaks = new LinkedHashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            Accumulation accumulation = accumulations.get(i);
            boolean echo = echoes.isPossibleAt(accumulation, leaves.get(i)) && echoes.leadsTo(firm, accumulation);
            if (!echo && !isExplained(accumulation, leaves.get(i))) {
                leaks.putIfAbsent(described.get(i).leak().fingerprint(), described.get(i));
            }
        }
        return new ArrayList<>(leaks.values());
    }

    private Leaf leafOf(Accumulation accumulation) {
        return Leaf.below(accumulation, dumps.tree, growth, facts, dumps.last, dumps.walk);
    }

    /**
     * References to new objects of a class that piles up elsewhere go when those do: threads in their group, entries in an index; and so do the
     * entries of a cleaner, which wait for objects that are held elsewhere.
     */
    private boolean isExplained(Accumulation accumulation, Leaf leaf) {
        if (isOfCleaner(leaf)) {
            return accumulations.stream().anyMatch(other -> !isOfCleaner(leafOf(other)));
        }
        return accumulation.referencesOnly()
                && suspects.piling().contains(leaf.type())
                && accumulations.stream().anyMatch(other -> other.unit() == Accumulation.Unit.OBJECTS);
    }

    private boolean isOfCleaner(Leaf leaf) {
        return facts.isA(leaf.type(), "java.lang.ref.PhantomReference");
    }

    /** Tells whether all that grows is put into free places of arrays that cannot become longer. */
    public boolean fillsArraysOnly() {
        return fillsArraysOnly;
    }

    /** Tells whether objects pile up that are reachable through soft references only. */
    public boolean growsBehindSoftReferences() {
        return nothingGrew
                && !new Accumulations(dumps.tree, dumps.growthWithSoft(leastGrowth.applyAsLong(runs)), suspects)
                        .all()
                        .isEmpty();
    }

    /**
     * Tells whether fewer objects of the suspected classes became reachable than a leak adds, but for what the JVM added by itself: constants
     * of classes, which it enters in its own time. What else the histogram saw are entries of weak maps and the like whose keys are gone.
     */
    public boolean growsOutsideTheTest() {
        long least = leastGrowth.applyAsLong(runs);
        return suspects.piling().stream().allMatch(type -> growth.ofTheTest(type) < least);
    }

    private FoundLeak describe(Accumulation accumulation, Leaf leaf, List<Hop> hops, Chain chain, Retained each) {
        boolean bareReference = accumulation.referencesOnly();
        EdgeName lastEdge = leaf.lastEdge();
        if (lastEdge != null) {
            hops.add(new Hop(NO_PATH, hops.get(hops.size() - 1).type(), lastEdge, leaf.type()));
        }
        int marked = bareReference ? NO_PATH : accumulation.node();
        GcRootPath path = chain.describe(hops, marked, leaf.type());
        LeakKind kind = new Kinds(dumps.last, facts).of(hops, leaf.type());
        double bytesPerRun = (double) accumulation.bytes() / runs;
        Leak leak = new Leak(
                Fingerprint.of(path),
                kind,
                Severity.of(kind, bytesPerRun, Runtime.getRuntime().maxMemory()),
                path,
                accumulation.bytesOnly() ? 0 : (double) accumulation.growth() / runs,
                bytesPerRun,
                each.bytes(),
                each.objects(),
                leaf.referencesOnly());
        return new FoundLeak(leak, isSoftHeld(accumulation, leaf), allowed.covering(hops));
    }

    /**
     * Tells whether what piles up goes when memory is short: a soft reference that holds nothing strongly itself, entries whose keys are only
     * softly reachable, or what holds references to such and nothing else.
     */
    private boolean isSoftHeld(Accumulation accumulation, Leaf leaf) {
        long least = growth.least();
        if (leaf.referencesOnly() || accumulation.bytesOnly()) {
            return false;
        } else if (fading.areAt(accumulation.node(), least)) {
            return true;
        }
        List<Integer> parts = growth.growingChildren(leaf.node());
        return parts.isEmpty()
                ? facts.isSoftReference(leaf.type())
                : parts.stream().allMatch(part -> fading.areAt(part, least));
    }

    private static Retained perObject(PathCounts counts, Accumulation accumulation, RetainedSizes sizes, int group) {
        long held = Math.max(1, counts.objects(accumulation.node()));
        return accumulation.referencesOnly()
                ? new Retained(0, 0)
                : new Retained(sizes.bytes(group) / held, Math.max(1, sizes.objects(group) / held));
    }

    /**
     * What to look for.
     *
     * @param allowed retention that breaks no promise
     * @param suspects what the histogram saw growing
     * @param leastGrowth by how many objects or references a path must have grown in so many repetitions
     * @param isFinal tells of a static field, as {@code com.acme.Codes.CACHE}, whether it is final
     */
    public record Question(
            AllowedRetention allowed, Suspicion suspects, IntToLongFunction leastGrowth, Predicate<String> isFinal) {}

    /** Opens a dump. */
    @FunctionalInterface
    public interface Opening {
        HeapGraph open() throws IOException;
    }

    private record Retained(long bytes, long objects) {}
}
