package io.heapspec.internal.report;

import io.heapspec.result.AllocationSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line with all that it allocates.
 *
 * @param sites what it allocates, by class; not empty
 */
record SpendingLine(List<AllocationSite> sites) {

    private static final String NO_LINE = "code of the JDK alone, on thread ";

    /**
     * Puts together what was allocated by the same line.
     *
     * @param ofObjects whether the line with the most objects comes first; else that with the most bytes
     */
    static List<SpendingLine> of(List<AllocationSite> sites, boolean ofObjects) {
        Map<String, List<AllocationSite>> byLine = sites.stream()
                .collect(Collectors.groupingBy(SpendingLine::line, LinkedHashMap::new, Collectors.toList()));
        List<SpendingLine> lines = new ArrayList<>();
        byLine.values().forEach(each -> lines.add(new SpendingLine(each)));
        Comparator<SpendingLine> smallestFirst = ofObjects
                ? Comparator.comparingLong(SpendingLine::objects)
                : Comparator.comparingLong(SpendingLine::bytes);
        lines.sort(smallestFirst.reversed());
        return lines;
    }

    long objects() {
        return sites.stream().mapToLong(AllocationSite::objects).sum();
    }

    long bytes() {
        return sites.stream().mapToLong(AllocationSite::bytes).sum();
    }

    /** Returns the classes with the most objects: {@code 12 × byte[], 10 × java.lang.String, ... of 4 classes}. */
    String classes(int most) {
        Map<String, Long> objects = sites.stream()
                .collect(Collectors.groupingBy(
                        AllocationSite::className,
                        LinkedHashMap::new,
                        Collectors.summingLong(AllocationSite::objects)));
        String shown = objects.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .map(each -> String.format(Locale.ROOT, "%,d × %s", each.getValue(), each.getKey()))
                .collect(Collectors.joining(", "));
        return objects.size() > most ? shown + ", ... of " + objects.size() + " classes" : shown;
    }

    /** Returns the line, and the line of the test that led there. */
    String place() {
        List<StackTraceElement> stack = sites.get(0).stack();
        String line = line(sites.get(0));
        String outermost = stack.isEmpty() ? line : text(stack.get(stack.size() - 1));
        return outermost.equals(line) ? line : line + ", called by " + outermost;
    }

    private static String line(AllocationSite site) {
        return site.stack().isEmpty()
                ? NO_LINE + '"' + site.thread() + '"'
                : text(site.stack().get(0));
    }

    /** Without module and loader, which nobody asks for here. */
    private static String text(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                .toString();
    }
}
