package io.heapspec.internal.retention;

import io.heapspec.heap.DominatorTree;
import io.heapspec.heap.HeapGraph;
import io.heapspec.result.HeapCounts;
import io.heapspec.result.PathGrowth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What any number of dumps have at each path name, one dump after the other; nothing of a dump is kept but its counts. */
public final class PathComparison {

    private final PathTree tree = new PathTree();
    private final List<HeapCounts[]> dumps = new ArrayList<>();

    /**
     * Counts what a dump has at each path.
     *
     * @param retained whether to compute retained sizes as well, which takes several times as long
     */
    public void add(HeapGraph graph, boolean retained) {
        Walk walk = Walk.strongly(graph, tree);
        PathCounts counts = walk.counts();
        long[] sizes = retained ? retained(graph, walk) : new long[0];
        HeapCounts[] byPath = new HeapCounts[tree.size()];
        for (int node = 0; node < byPath.length; node++) {
            byPath[node] =
                    new HeapCounts(counts.objects(node), counts.bytes(node), node < sizes.length ? sizes[node] : 0);
        }
        dumps.add(byPath);
    }

    /** Adds up retained sizes by path, going down the tree of dominators, so that it is known what lies above each object. */
    private long[] retained(HeapGraph graph, Walk walk) {
        DominatorTree dominators = DominatorTree.of(graph);
        long[] sizes = new long[tree.size()];
        int[] above = new int[tree.size()];
        dominators.walk(
                object -> {
                    int node = walk.pathOf(object);
                    if (node >= 0 && above[node]++ == 0) {
                        sizes[node] += dominators.retainedSize(object);
                    }
                },
                object -> {
                    int node = walk.pathOf(object);
                    if (node >= 0) {
                        above[node]--;
                    }
                });
        return sizes;
    }

    /** Returns all paths that any of the dumps has, in the order of their names. */
    public List<PathGrowth> paths() {
        List<HeapCounts[]> cumulative = dumps.stream().map(this::cumulative).toList();
        List<PathGrowth> paths = new ArrayList<>();
        for (int node = PathTree.TOP + 1; node < tree.size(); node++) {
            int at = node;
            paths.add(new PathGrowth(
                    steps(node),
                    tree.typeOf(node),
                    dumps.stream().map(counts -> at(counts, at)).toList(),
                    cumulative.stream().map(counts -> at(counts, at)).toList()));
        }
        return paths;
    }

    private HeapCounts[] cumulative(HeapCounts[] flat) {
        HeapCounts[] sums = Arrays.copyOf(flat, tree.size());
        Arrays.fill(sums, flat.length, sums.length, HeapCounts.NONE);
        // Parents have lower numbers.
        for (int node = sums.length - 1; node > PathTree.TOP; node--) {
            int parent = tree.parentOf(node);
            sums[parent] = sums[parent].plus(sums[node]);
        }
        return sums;
    }

    private static HeapCounts at(HeapCounts[] counts, int node) {
        return node < counts.length ? counts[node] : HeapCounts.NONE;
    }

    private List<String> steps(int node) {
        Deque<String> steps = new ArrayDeque<>();
        for (int at = node; at != PathTree.TOP; at = tree.parentOf(at)) {
            steps.addFirst(text(tree.edgeOf(at)));
        }
        return List.copyOf(steps);
    }

    private static String text(EdgeName edge) {
        if (edge instanceof EdgeName.Field field) {
            return (field.isStatic() ? "static field " : "") + field.declaringClass() + "." + field.name();
        } else if (edge instanceof EdgeName.Root root) {
            return root.text();
        } else if (edge instanceof EdgeName.Local local) {
            return "local variable in " + local.frame();
        } else if (edge instanceof EdgeName.Implicit implicit) {
            return "its " + implicit.what();
        }
        return "[*]";
    }
}
