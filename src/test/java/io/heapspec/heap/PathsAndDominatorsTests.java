package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, dominators and retained sizes of random graphs against their definitions; each value is the first of 150 seeds. */
class PathsAndDominatorsTests {
    private static final int SEEDS = 150;

    @FunctionalInterface
    private interface Check {
        void check(HeapGraph graph, BruteForce expected, String failure) throws Exception;
    }

    /** Every graph twice: with its references in memory, and with references that are read from the dump. */
    private static void forEachGraph(long first, Check check) throws Exception {
        for (long seed = first; seed < first + SEEDS; seed++) {
            RandomGraph random = new RandomGraph(seed);
            byte[] dump = random.toBytes();
            for (boolean loaded : new boolean[] {true, false}) {
                try (HeapGraph graph = RandomGraph.open(dump)) {
                    graph.keepReferences(loaded);
                    String failure = "seed " + seed + (loaded ? ", loaded: " : ", from the file: ") + random.describe();
                    check.check(graph, new BruteForce(graph), failure);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1000, 2000, 3000, 4000})
    void pathsAreAsShortAsCanBe(long first) throws Exception {
        forEachGraph(first, (graph, expected, failure) -> {
            int[] all = IntStream.range(0, graph.objectCount()).toArray();
            int[] roots = graph.roots().stream().mapToInt(GcRoot::object).toArray();
            int[] distances = expected.distances(roots, -1);
            List<RootPath> paths =
                    PathFinder.of(graph).from(RootOrder.ALL_ALIKE).shortest(all);
            assertThat(paths.stream().map(RootPath::target))
                    .as(failure)
                    .containsExactlyElementsOf(IntStream.of(all)
                            .filter(object -> distances[object] >= 0)
                            .boxed()
                            .toList());
            for (RootPath path : paths) {
                assertThat(path.length()).as(failure).isEqualTo(distances[path.target()]);
                assertThat(graph.roots()).as(failure).contains(path.root());
                assertIsPath(graph, expected, path, failure);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {40_000})
    void incomingReferencesAreTheOutgoingOnesBackwards(long first) throws Exception {
        forEachGraph(first, (graph, any, failure) -> {
            List<List<Integer>> expected = new ArrayList<>();
            for (int object = 0; object < graph.objectCount(); object++) {
                expected.add(new ArrayList<>());
            }
            for (int object = 0; object < graph.objectCount(); object++) {
                int holder = object;
                graph.forEachReference(
                        holder, (edge, target) -> expected.get(target).add(holder));
            }
            IncomingReferences incoming = IncomingReferences.of(graph);
            for (int object = 0; object < graph.objectCount(); object++) {
                List<Integer> holders = expected.get(object);
                assertThat(incoming.count(object)).as(failure).isEqualTo(holders.size());
                assertThat(incoming.holdersOf(object).boxed())
                        .as(failure)
                        .containsExactlyElementsOf(holders.stream().distinct().toList());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {10_000, 11_000})
    void rootsThatExplainMoreComeFirst(long first) throws Exception {
        forEachGraph(first, (graph, expected, failure) -> {
            int[] all = IntStream.range(0, graph.objectCount()).toArray();
            Set<Integer> left = new HashSet<>();
            IntStream.of(all).forEach(left::add);
            for (int phase = 0; phase < 3; phase++) {
                int[] distances = expected.distances(expected.roots(phase), -1);
                for (RootPath path : PathFinder.of(graph).shortest(all)) {
                    if (distances[path.target()] >= 0 && left.remove(path.target())) {
                        assertIsPath(graph, expected, path, failure);
                        assertThat(path.length()).as(failure).isLessThanOrEqualTo(distances[path.target()]);
                    }
                }
            }
            assertThat(PathFinder.of(graph)
                            .shortest(left.stream().mapToInt(i -> i).toArray()))
                    .as(failure)
                    .isEmpty();
        });
    }

    private static void assertIsPath(HeapGraph graph, BruteForce expected, RootPath path, String failure) {
        int at = path.root().object();
        for (RootPath.Step step : path.steps()) {
            assertThat(step.holder()).as(failure).isEqualTo(at);
            assertThat(expected.isHeld(at, step.target())).as(failure).isTrue();
            assertThat(leadsTo(graph, step)).as(failure).isTrue();
            at = step.target();
        }
    }

    private static boolean leadsTo(HeapGraph graph, RootPath.Step step) {
        if (step.edge() == HeapGraph.OWN_CLASS) {
            return graph.classOf(step.holder()).object() == step.target();
        }
        boolean[] found = {false};
        graph.forEachReference(
                step.holder(), (edge, target) -> found[0] |= edge == step.edge() && target == step.target());
        return found[0];
    }

    @ParameterizedTest
    @ValueSource(longs = {20_000, 21_000})
    void furtherPathsHaveNothingInCommon(long first) throws Exception {
        forEachGraph(first, (graph, expected, failure) -> {
            for (int target = 0; target < graph.objectCount(); target += 5) {
                Set<Integer> seen = new HashSet<>();
                List<RootPath> paths = PathFinder.of(graph).disjoint(target, 10);
                for (RootPath path : paths) {
                    assertIsPath(graph, expected, path, failure);
                    path.steps()
                            .forEach(step -> assertThat(seen.add(step.holder()))
                                    .as(failure)
                                    .isTrue());
                }
                assertThat(paths.isEmpty())
                        .as(failure)
                        .isEqualTo(PathFinder.of(graph).shortestTo(target).isEmpty());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {30_000, 31_000, 32_000, 33_000, 34_000})
    void retainedIsWhatDiesWithAnObject(long first) throws Exception {
        forEachGraph(first, (graph, expected, failure) -> {
            DominatorTree tree = DominatorTree.of(graph);
            BitSet[] retained = new BitSet[graph.objectCount()];
            for (int object = 0; object < graph.objectCount(); object++) {
                retained[object] = expected.retained(object);
                assertThat(tree.retainedObjects(object)).as(failure).isEqualTo(retained[object].cardinality());
                assertThat(tree.retainedSize(object)).as(failure).isEqualTo(expected.size(retained[object]));
            }
            for (int object = 0; object < graph.objectCount(); object++) {
                assertThat(tree.immediateDominator(object)).as(failure).isEqualTo(nearest(retained, object));
            }
        });
    }

    /** Of all that retain an object, the one that retains least. */
    private static int nearest(BitSet[] retained, int object) {
        if (retained[object].isEmpty()) {
            return DominatorTree.NOT_REACHABLE;
        }
        int nearest = DominatorTree.ROOTS;
        for (int other = 0; other < retained.length; other++) {
            boolean dominates = other != object && retained[other].get(object);
            if (dominates && (nearest < 0 || retained[nearest].get(other))) {
                nearest = other;
            }
        }
        return nearest;
    }

    @ParameterizedTest
    @ValueSource(longs = {40_000, 41_000, 42_000})
    void sizesOfAFewObjectsAreThoseOfTheTree(long first) throws Exception {
        forEachGraph(first, (graph, expected, failure) -> {
            DominatorTree tree = DominatorTree.of(graph);
            List<Integer> some = new ArrayList<>();
            for (int object = (int) (first / 1000 % 7); object < graph.objectCount(); object += 7) {
                some.add(object);
            }
            int[] targets = some.stream().mapToInt(i -> i).toArray();
            RetainedSizes sizes = RetainedSizes.of(graph, targets);
            for (int target : targets) {
                assertThat(sizes.bytes(target)).as(failure).isEqualTo(tree.retainedSize(target));
                assertThat(sizes.objects(target)).as(failure).isEqualTo(tree.retainedObjects(target));
            }
        });
    }
}
