package io.heapspec.internal.allocation;

import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracingAgent;
import io.heapspec.internal.allocation.Programs.Program;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Traces each program in this JVM, and prints what is wrong. Runs in a JVM of its own, of the collector that is asked for. */
final class TracedPrograms {

    /** Made by code that the JVM generates for a constructor reference, and that cannot be instrumented. */
    private static final String NOT_SEEN = "ten thousand objects";

    private TracedPrograms() {}

    public static void main(String[] args) throws Throwable {
        int right = 0;
        int all = 0;
        for (Program program : Programs.all()) {
            // Classes that are loaded while others are traced have no probes.
            program.body().run();
        }
        try (AllocationTracer tracer = new TracingAgent().trace(Programs.class, Set.of())) {
            for (Program program : Programs.all()) {
                if (program.name().equals(NOT_SEEN)) {
                    continue;
                }
                all++;
                tracer.record(program.body()::run);
                AllocationTrace trace = tracer.record(program.body()::run);
                if (text(trace).equals(program.expected())) {
                    right++;
                } else {
                    System.out.println(program.name() + ": " + text(trace) + " " + trace.note());
                }
            }
        }
        System.out.println(right + " of " + all + " right");
        System.out.flush();
    }

    private static String text(AllocationTrace trace) {
        Map<String, Long> objects = trace.sites().stream()
                .collect(Collectors.groupingBy(
                        AllocationSite::className, TreeMap::new, Collectors.summingLong(AllocationSite::objects)));
        return objects.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
