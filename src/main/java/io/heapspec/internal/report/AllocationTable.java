package io.heapspec.internal.report;

import io.heapspec.result.AllocationLimit;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.RecordedAllocations;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The two sides of a comparison: limits and what was allocated, or what was recorded and what is allocated now, in rows that are alike where
 * nothing has changed.
 */
final class AllocationTable {

    private final String test;
    private final List<LimitOutcome> outcomes;

    AllocationTable(String test, List<LimitOutcome> outcomes) {
        this.test = test;
        this.outcomes = outcomes;
    }

    String expected() {
        StringBuilder text = head();
        for (LimitOutcome each : outcomes) {
            AllocationLimit limit = each.limit();
            RecordedAllocations baseline = limit.baseline();
            if (baseline != null) {
                text.append(row("", limit.objects(), limit.bytes(), what(limit)));
                append(text, sorted(baseline.classes()));
            } else if (limit.isUnlimited()) {
                text.append("\nnothing recorded");
            } else {
                text.append(row("at most", limit.objects(), limit.mostBytes(), what(limit)));
            }
        }
        return text.toString();
    }

    /** Shows all classes below declared limits. */
    String actual(List<ClassAllocations> all) {
        StringBuilder text = head();
        boolean declared = false;
        for (LimitOutcome each : outcomes) {
            text.append(row("", each.objects().least(), each.bytes().least(), what(each.limit())));
            if (each.limit().baseline() != null || each.limit().isUnlimited()) {
                append(text, sorted(each.classes()));
            } else {
                declared = true;
            }
        }
        if (declared) {
            append(text, all);
        }
        return text.toString();
    }

    private StringBuilder head() {
        return new StringBuilder("allocations per run of ").append(test);
    }

    private static void append(StringBuilder text, Collection<ClassAllocations> classes) {
        for (ClassAllocations each : classes) {
            text.append(row("", each.objects(), each.bytes(), each.className()));
        }
    }

    private static List<ClassAllocations> sorted(List<ClassAllocations> classes) {
        return classes.stream()
                .sorted(Comparator.comparing(ClassAllocations::className))
                .toList();
    }

    private static String what(AllocationLimit limit) {
        return limit.isOfEverything() ? "all classes" : limit.ofClass() + " and subclasses";
    }

    private static String row(String prefix, long objects, long bytes, String what) {
        return String.format(
                        Locale.ROOT,
                        "\n%8s %12s objects %15s B  %s",
                        prefix,
                        AllocationMessage.number(objects),
                        AllocationMessage.number(bytes),
                        what)
                .stripTrailing();
    }
}
