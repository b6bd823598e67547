package io.heapspec.assertj;

import io.heapspec.heap.DominatorTree;
import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.internal.util.Bytes;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Words which objects retain most, of those that no single object dominates. */
final class LargestRetainers {
    private static final int MOST = 5;

    private LargestRetainers() {}

    /** Returns a line for each, the first of which begins with a line break. */
    static String of(HeapGraph graph, DominatorTree tree) {
        PathWords words = new PathWords(graph);
        return tree.dominatedBy(DominatorTree.ROOTS)
                .boxed()
                .sorted(Comparator.comparingLong(tree::retainedSize).reversed())
                .limit(MOST)
                .map(object -> "%n  " + words.typeOf(object) + ", " + Bytes.exact(tree.retainedSize(object)))
                .map(line -> line.replace("%n", System.lineSeparator()))
                .collect(Collectors.joining());
    }
}
