package io.heapspec.heap.growth;

import io.heapspec.heap.HeapDumpException;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReadingProgress;
import io.heapspec.internal.retention.PathComparison;
import io.heapspec.result.HeapMetric;
import io.heapspec.result.PathGrowth;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * What grew between two or more dumps of one program.
 *
 * <pre>{@code
 * HeapGrowth growth = HeapGrowth.between(List.of(before, after));
 * for (PathGrowth path : growth.growing(HeapMetric.OBJECTS)) {
 *     System.out.println("+" + path.growth(HeapMetric.OBJECTS) + " " + path.className() + " by " + path.steps());
 * }
 * }</pre>
 *
 * <p>Collectors move objects, so two dumps have no address in common. They are compared by path names: each object that is
 * strongly reachable gets the name of the shortest way to it from a root, made of fields and classes; elements of arrays
 * have no index in it, and links of a list and nodes of a tree have the name of their list or tree. The idea is that of
 * BLeak (Vilk and Berger, PLDI 2018).
 *
 * <p>What grew between two dumps may be a leak, or a cache that fills up, or may have happened once. A third dump after as
 * much work again tells more: a leak grows throughout.
 *
 * <p>The dumps are opened one after the other, each in time in proportion to its references. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class HeapGrowth {
    private final List<PathGrowth> paths;

    private HeapGrowth(List<PathGrowth> paths) {
        this.paths = List.copyOf(paths);
    }

    /**
     * Compares dumps by objects and bytes.
     *
     * @param dumps two or more, in the order in which they were written
     * @throws HeapDumpException if one of them cannot be read
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static HeapGrowth between(List<Path> dumps) throws HeapDumpException {
        return between(dumps, (dump, step, share) -> {});
    }

    /**
     * Compares dumps by objects and bytes, and tells how far the reading is.
     *
     * @param dumps two or more, in the order in which they were written
     * @param progress is told, on the thread that calls this
     * @throws HeapDumpException if one of them cannot be read
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static HeapGrowth between(List<Path> dumps, ReadingProgress progress) throws HeapDumpException {
        return between(dumps, progress, false);
    }

    /**
     * Compares dumps by objects, bytes and retained sizes, which takes several times as long.
     *
     * @param dumps two or more, in the order in which they were written
     * @throws HeapDumpException if one of them cannot be read
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static HeapGrowth withRetainedSizes(List<Path> dumps) throws HeapDumpException {
        return withRetainedSizes(dumps, (dump, step, share) -> {});
    }

    /**
     * Compares dumps by objects, bytes and retained sizes, and tells how far the reading is.
     *
     * @param dumps two or more, in the order in which they were written
     * @param progress is told, on the thread that calls this
     * @throws HeapDumpException if one of them cannot be read
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static HeapGrowth withRetainedSizes(List<Path> dumps, ReadingProgress progress) throws HeapDumpException {
        return between(dumps, progress, true);
    }

    private static HeapGrowth between(List<Path> dumps, ReadingProgress progress, boolean retained)
            throws HeapDumpException {
        if (dumps.size() < 2) {
            throw new IllegalArgumentException("growth needs two dumps at least, not " + dumps.size());
        }
        PathComparison comparison = new PathComparison();
        for (Path dump : dumps) {
            try (HeapGraph graph = HeapGraph.open(dump, progress)) {
                comparison.add(graph, retained);
            }
        }
        return new HeapGrowth(comparison.paths());
    }

    /** Returns all paths that any of the dumps has, those that did not grow included, in no particular order. */
    public List<PathGrowth> paths() {
        return paths;
    }

    /** Returns the paths of which each dump has more than the one before, those that grew most first, then by their names. */
    public List<PathGrowth> growing(HeapMetric metric) {
        return paths.stream()
                .filter(path -> path.growsThroughout(metric))
                .sorted(Comparator.comparingLong((PathGrowth path) -> path.growth(metric))
                        .reversed()
                        .thenComparing(path -> String.join(" ", path.steps()))
                        .thenComparing(PathGrowth::className))
                .toList();
    }
}
