package io.heapspec.result;

import java.util.List;

/**
 * What several dumps of one program have at one path from the roots: all objects that are reached by the same fields and
 * classes, whatever their addresses.
 *
 * @param steps the way from the root, as text: the root itself, then fields with their declaring class, {@code [*]} for
 *     elements of arrays
 * @param className the class of the objects at the path
 * @param flat by dump, what is at the path itself
 * @param cumulative by dump, what is at the path and at all that lead on from it
 * @since 0.1
 */
public record PathGrowth(List<String> steps, String className, List<HeapCounts> flat, List<HeapCounts> cumulative) {
    /** Copies the lists. */
    public PathGrowth {
        steps = List.copyOf(steps);
        flat = List.copyOf(flat);
        cumulative = List.copyOf(cumulative);
    }

    /** Returns by how much the last dump has more at the path itself than the first; negative if it has less. */
    public long growth(HeapMetric metric) {
        return flat.get(flat.size() - 1).of(metric) - flat.get(0).of(metric);
    }

    /** Returns by how much the last dump has more at the path and below than the first. */
    public long cumulativeGrowth(HeapMetric metric) {
        return cumulative.get(cumulative.size() - 1).of(metric)
                - cumulative.get(0).of(metric);
    }

    /** Tells whether each dump has more at the path itself than the one before. */
    public boolean growsThroughout(HeapMetric metric) {
        for (int dump = 1; dump < flat.size(); dump++) {
            if (flat.get(dump).of(metric) <= flat.get(dump - 1).of(metric)) {
                return false;
            }
        }
        return true;
    }
}
