package io.heapspec.internal.report;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.LeakKind;
import io.heapspec.result.UnclosedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a failure says of a resource that is left open though nothing holds it. */
final class UnclosedText {

    private UnclosedText() {}

    /** Names it in the first line: {@code 1 FileInputStream}. */
    static String what(UnclosedResource resource) {
        return resource.className().isEmpty()
                ? LeakMessage.counted(resource.perRun(), "file descriptor")
                : LeakMessage.number(resource.perRun()) + " " + ClassNames.simple(resource.className());
    }

    /** Returns the lines about it, each without indent. */
    static List<String> lines(UnclosedResource resource) {
        List<String> lines = new ArrayList<>();
        String name = resource.className().isEmpty() ? "no object on the heap" : resource.className();
        lines.add(name + "   +" + LeakMessage.number(resource.perRun()) + " per run" + descriptors(resource)
                + (resource.closedByCollector()
                        ? ", closed by nobody but the garbage collector, some time later"
                        : ", never closed: not even the garbage collector does"));
        lines.addAll(OriginText.lines("opened", resource.origins()));
        return lines;
    }

    private static String descriptors(UnclosedResource resource) {
        return resource.descriptors().isEmpty()
                ? ""
                : " with "
                        + resource.sorts().stream()
                                .map(sort -> LeakMessage.counted(
                                                resource.descriptors().getOrDefault(sort, 0.0), "descriptor")
                                        + " of a " + sort)
                                .collect(Collectors.joining(", "));
    }

    /** Says what to do. */
    static String advice(UnclosedResource resource) {
        if (resource.className().isEmpty()) {
            return "Native code, or an object that is gone, has opened it: close what opens it when the test's object is closed.";
        }
        String close = "Close it where it is opened, by try-with-resources or in a finally block: ";
        if (!resource.closedByCollector()) {
            return close + "it keeps a descriptor as long as the JVM lives.";
        }
        return close + "until a collection happens to come, it keeps "
                + (resource.kind() == LeakKind.FILES
                        ? "a descriptor, of which a process has only so many."
                        : "memory outside the heap, which the collector does not see.");
    }
}
