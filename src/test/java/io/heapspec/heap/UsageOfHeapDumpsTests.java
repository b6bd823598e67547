package io.heapspec.heap;

import static io.heapspec.assertj.HeapSpecAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.growth.HeapGrowth;
import io.heapspec.internal.hprof.GeneratedDump;
import io.heapspec.result.HeapMetric;
import io.heapspec.result.PathGrowth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows of heap dumps; a test compares the two. */
class UsageOfHeapDumpsTests {
    @TempDir
    private Path folder;

    private Path dump(int orders) throws IOException {
        Path dump = folder.resolve(orders + ".hprof");
        GeneratedDump.write(dump, orders);
        return dump;
    }

    @Test
    void whyIsItAlive() throws IOException {
        Path file = dump(100);
        try (HeapGraph graph = HeapGraph.open(file)) {
            int[] sessions = graph.objectsOf("com.acme.Session").toArray();
            for (RootPath path : PathFinder.of(graph).shortest(sessions)) {
                RootPath.Step first = path.steps().get(0);
                assertThat(graph.fieldAt(first.edge())).hasToString("com.acme.Orders.SESSIONS");
            }
            assertThat(RetainedSizes.of(graph, sessions).objectsTogether()).isEqualTo(20);
        }
    }

    @Test
    void whatRetainsMost() throws IOException {
        Path file = dump(100);
        try (HeapGraph graph = HeapGraph.open(file)) {
            assertThat(ClassHistogram.of(graph).objectsOf("com.acme.Order")).isEqualTo(100);

            DominatorTree tree = DominatorTree.of(graph);
            int orders = graph.classesNamed("com.acme.Orders").get(0).object();
            assertThat(tree.retainedObjects(orders)).isEqualTo(1_023);
        }
    }

    @Test
    void whatGrew() throws IOException {
        Path before = dump(100);
        Path after = dump(200);
        HeapGrowth growth = HeapGrowth.between(List.of(before, after));
        PathGrowth most = growth.growing(HeapMetric.BYTES).get(0);

        assertThat(most.steps()).startsWith("static field com.acme.Orders.ALL");
    }

    @Test
    void asAssertions() throws IOException {
        Path file = dump(100);
        try (HeapGraph graph = HeapGraph.open(file)) {
            assertThat(graph).hasNoInstancesOf("com.acme.Cart").retainsLessThan("1 MiB");
            assertThat(graph).instancesOf("com.acme.Session").hasAtMost(10).retainLessThan("1 KiB");
        }
    }
}
