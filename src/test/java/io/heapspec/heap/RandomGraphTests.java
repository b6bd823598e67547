package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.RandomGraph.Edge;
import io.heapspec.heap.RandomGraph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads dumps of random graphs back; each value is the first of 100 seeds. */
class RandomGraphTests {

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 200, 300, 400, 500, 600, 700, 800, 900})
    void readsBackWhatWasWritten(long first) throws Exception {
        for (long seed = first; seed < first + 100; seed++) {
            RandomGraph expected = new RandomGraph(seed);
            try (HeapGraph graph = expected.open()) {
                assertThat(actual(graph)).as("seed " + seed).isEqualTo(expected.nodes);
                assertThat(new ArrayList<>(actual(graph).keySet()))
                        .as("seed " + seed)
                        .isEqualTo(new ArrayList<>(expected.nodes.keySet()));
                assertThat(graph.roots().stream().map(root -> graph.idOf(root.object())))
                        .as("seed " + seed)
                        .containsExactlyInAnyOrderElementsOf(expected.roots);
                assertThat(bufferedEqualsVisited(graph)).as("seed " + seed).isTrue();
                assertThat(batched(graph)).as("seed " + seed).isEqualTo(visited(graph));
                graph.loadReferences();
                assertThat(batched(graph)).as("loaded, seed " + seed).isEqualTo(visited(graph));
            }
        }
    }

    private static Map<Long, Node> actual(HeapGraph graph) {
        Map<Long, Node> nodes = new LinkedHashMap<>();
        for (int i = 0; i < graph.objectCount(); i++) {
            assertThat(graph.indexOf(graph.idOf(i))).isEqualTo(i);
            assertThat(graph.shallowSize(i)).isPositive();
            List<Edge> edges = new ArrayList<>();
            graph.forEachReference(i, (edge, target) -> edges.add(new Edge(name(graph, edge), graph.idOf(target))));
            nodes.put(graph.idOf(i), new Node(graph.kindOf(i), graph.classOf(i).name(), edges));
        }
        return nodes;
    }

    private static String name(HeapGraph graph, int edge) {
        return switch (edge) {
            case HeapGraph.ELEMENT -> "<element>";
            case HeapGraph.CLASS_LOADER -> "<loader>";
            case HeapGraph.SUPER_CLASS -> "<super>";
            case HeapGraph.CONSTANT -> "<constant>";
            default -> graph.fieldAt(edge).name();
        };
    }

    private static List<String> batched(HeapGraph graph) {
        List<String> references = new ArrayList<>();
        int[] all = IntStream.range(0, graph.objectCount()).toArray();
        graph.newBatch()
                .forEachReference(
                        all,
                        0,
                        all.length,
                        (source, edge, target) -> references.add(source + " " + edge + " " + target));
        return references;
    }

    private static List<String> visited(HeapGraph graph) {
        List<String> references = new ArrayList<>();
        for (int i = 0; i < graph.objectCount(); i++) {
            int source = i;
            graph.forEachReference(i, (edge, target) -> references.add(source + " " + edge + " " + target));
        }
        return references;
    }

    private static boolean bufferedEqualsVisited(HeapGraph graph) {
        ReferenceBuffer buffer = new ReferenceBuffer();
        boolean[] equal = {true};
        for (int i = 0; i < graph.objectCount(); i++) {
            graph.referencesOf(i, buffer);
            int[] next = {0};
            graph.forEachReference(i, (edge, target) -> {
                equal[0] &= buffer.edge(next[0]) == edge && buffer.target(next[0]) == target;
                next[0]++;
            });
            equal[0] &= next[0] == buffer.size();
        }
        return equal[0];
    }
}
