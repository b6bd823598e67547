package io.heapspec.bench;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReferenceBatch;
import java.util.Arrays;
import java.util.BitSet;

/** The least that a search for chains does: breadth first from all roots, each level in the order of addresses, with each object's parent. */
final class BareSearch {
    private final HeapGraph graph;
    private final int[] parents;
    private final int[] edges;
    private final int[] queue;
    private int end;

    BareSearch(HeapGraph graph) {
        this.graph = graph;
        parents = new int[graph.objectCount()];
        edges = new int[graph.objectCount()];
        queue = new int[graph.objectCount()];
        Arrays.fill(parents, -1);
        for (GcRoot root : graph.roots()) {
            reach(-2, 0, root.object());
        }
        ReferenceBatch batch = graph.newBatch();
        ReferenceBatch.Visitor visitor = this::reach;
        BitSet level = new BitSet(graph.objectCount());
        for (int i = 0, to; i < end; i = to) {
            to = end;
            sort(i, to, level);
            batch.forEachReference(queue, i, to, visitor);
        }
    }

    private void reach(int source, int edge, int target) {
        if (parents[target] == -1) {
            parents[target] = source;
            edges[target] = edge;
            queue[end++] = target;
        }
    }

    private void sort(int from, int to, BitSet level) {
        if (to - from < graph.objectCount() / 256) {
            Arrays.sort(queue, from, to);
            return;
        }
        level.clear();
        for (int i = from; i < to; i++) {
            level.set(queue[i]);
        }
        int next = from;
        for (int o = level.nextSetBit(0); o >= 0; o = level.nextSetBit(o + 1)) {
            queue[next++] = o;
        }
    }

    /** Follows the parents of so many objects; returns the number of steps. */
    int chains(int count) {
        if (end < graph.objectCount() * 0.9) {
            throw new IllegalStateException("reached only " + end);
        }
        int steps = 0;
        for (int i = 1; i <= count; i++) {
            for (int o = queue[(int) ((long) end * i / (count + 1))]; o >= 0; o = parents[o]) {
                steps += edges[o] < 0 ? 1 : graph.fieldAt(edges[o]).name().isEmpty() ? 0 : 1;
            }
        }
        return steps;
    }
}
