package io.heapspec.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.HeapGraph;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkTests {

    private static final int SEEDS = 200;

    @TempDir
    private Path folder;

    @Test
    void namesAndCountsPathsAlikeWhereverObjectsLie() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            ScatteredHeap heap = new ScatteredHeap(seed);
            Map<String, String> expected = paths(heap, 1);
            assertThat(expected).as("seed %s", seed).isNotEmpty();
            assertThat(paths(heap, 2)).as("seed %s", seed).isEqualTo(expected);
            assertThat(paths(heap, 3)).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void reachesAllThatRootsHoldAndNothingElse() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            try (HeapGraph graph = new ScatteredHeap(seed).open(folder, 1)) {
                Walk walk = Walk.strongly(graph, new PathTree());
                BitSet reached = new BitSet();
                for (int object = 0; object < graph.objectCount(); object++) {
                    reached.set(object, walk.pathOf(object) >= 0);
                }
                assertThat(Reachable.from(walk.rootObjects(), walk, object -> true))
                        .as("seed %s", seed)
                        .isEqualTo(reached);
            }
        }
    }

    @Test
    void comparesPathsConsistently() throws Exception {
        PathTree tree = new PathTree();
        try (HeapGraph graph = new ScatteredHeap(7).open(folder, 1)) {
            Walk.strongly(graph, tree);
        }
        for (int node = 1; node < tree.size(); node++) {
            assertThat(tree.isBefore(tree.parentOf(node), node)).isTrue();
            for (int other = 1; other < tree.size(); other++) {
                assertThat(tree.isBefore(node, other)).isEqualTo(tree.compare(node, other) < 0);
                assertThat(Integer.signum(tree.compare(node, other)))
                        .isEqualTo(-Integer.signum(tree.compare(other, node)));
                assertThat(tree.compare(node, other) == 0).isEqualTo(node == other);
            }
        }
    }

    private Map<String, String> paths(ScatteredHeap heap, long placement) throws Exception {
        Map<String, String> paths = new TreeMap<>();
        PathTree tree = new PathTree();
        try (HeapGraph graph = heap.open(folder, placement)) {
            Walk walk = Walk.strongly(graph, tree);
            PathCounts strong = walk.counts();
            PathCounts softly = walk.softly();
            for (int node = 1; node < tree.size(); node++) {
                if (softly.objects(node) > 0) {
                    paths.put(text(tree, node), figures(strong, node) + " " + figures(softly, node));
                }
            }
        }
        return paths;
    }

    private static String figures(PathCounts counts, int node) {
        return counts.objects(node) + " " + counts.bytes(node) + " " + counts.elements(node);
    }

    private static String text(PathTree tree, int node) {
        return node == PathTree.TOP
                ? ""
                : text(tree, tree.parentOf(node)) + " " + tree.edgeOf(node) + " " + tree.typeOf(node);
    }
}
