package io.heapspec.internal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.HeapGraph;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedSizesTests {

    @TempDir
    private Path folder;

    @Test
    void retainsWhatIsNotReachedWithoutTheAccumulatedObjects() throws Exception {
        int retained = 0;
        for (long seed = 0; seed < 100; seed++) {
            try (HeapGraph graph = new ScatteredHeap(seed).open(folder, 1)) {
                PathTree tree = new PathTree();
                Walk walk = Walk.strongly(graph, tree);
                for (int node = 1; node < tree.size(); node++) {
                    BitSet expected = retained(graph, walk, node);
                    RetainedSizes sizes = new RetainedSizes(
                            graph,
                            tree,
                            walk,
                            List.of(new Accumulation(node, java.util.List.of(), 1, 1, Accumulation.Unit.OBJECTS)));
                    assertThat(sizes.objects(0))
                            .as("seed %s, path %s", seed, node)
                            .isEqualTo(expected.cardinality());
                    assertThat(sizes.bytes(0))
                            .isEqualTo(expected.stream()
                                    .mapToLong(graph::shallowSize)
                                    .sum());
                    retained += expected.cardinality() > 1 ? 1 : 0;
                }
            }
        }
        assertThat(retained).as("paths that retain more than one object").isGreaterThan(100);
    }

    private static BitSet retained(HeapGraph graph, Walk walk, int node) {
        Ints accumulated = new Ints();
        for (int object = 0; object < graph.objectCount(); object++) {
            if (walk.pathOf(object) == node) {
                accumulated.add(object);
            }
        }
        BitSet rest = Reachable.from(walk.rootObjects(), walk, object -> walk.pathOf(object) != node);
        BitSet own = new BitSet();
        for (int i = 0; i < accumulated.size(); i++) {
            own.set(accumulated.get(i));
        }
        boolean more = true;
        while (more) {
            BitSet before = (BitSet) own.clone();
            before.stream()
                    .forEach(object -> walk.forEachHeld(object, (edge, target) -> {
                        if (!rest.get(target)) {
                            own.set(target);
                        }
                    }));
            more = !own.equals(before);
        }
        return own;
    }
}
