package io.heapspec.cli;

import io.heapspec.result.HeapCounts;
import io.heapspec.result.HeapMetric;
import io.heapspec.result.PathGrowth;
import java.util.List;

/**
 * By which of its figures a path is judged.
 *
 * @param metric what is counted
 * @param cumulative whether with all that lies below
 */
record Measure(HeapMetric metric, boolean cumulative) {
    /** Returns the figure of each dump. */
    List<Long> values(PathGrowth path) {
        List<HeapCounts> counts = cumulative ? path.cumulative() : path.flat();
        return counts.stream().map(each -> each.of(metric)).toList();
    }

    long growth(PathGrowth path) {
        return cumulative ? path.cumulativeGrowth(metric) : path.growth(metric);
    }

    boolean changed(PathGrowth path) {
        return values(path).stream().distinct().count() > 1;
    }

    boolean growsThroughout(PathGrowth path) {
        List<Long> values = values(path);
        for (int dump = 1; dump < values.size(); dump++) {
            if (values.get(dump) <= values.get(dump - 1)) {
                return false;
            }
        }
        return true;
    }
}
