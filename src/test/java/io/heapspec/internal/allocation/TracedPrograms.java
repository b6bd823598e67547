package io.heapspec.internal.allocation;

import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracingAgent;
import io.heapspec.internal.allocation.Programs.Program;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Traces each program in this JVM so many rounds, in random order, and prints what is wrong. Runs in a JVM of its own, of the collector that is asked for. */
final class TracedPrograms {

    private static final int MOST_RUNS = 20;

    private TracedPrograms() {}

    public static void main(String[] args) throws Throwable {
        int rounds = Integer.parseInt(args[0]);
        List<Program> programs = new ArrayList<>(Programs.all());
        for (Program program : programs) {
            // Classes that are loaded while others are traced have no probes. Reflection changes after fifteen calls.
            for (int i = 0; i < 20; i++) {
                program.body().run();
            }
        }
        int right = 0;
        try (AllocationTracer tracer = new TracingAgent().trace(Programs.class, Set.of())) {
            for (int round = 0; round < rounds; round++) {
                Collections.shuffle(programs, new Random(round));
                for (Program program : programs) {
                    right += isRight(program, tracer) ? 1 : 0;
                }
            }
        }
        System.out.println(right + " of " + rounds * programs.size() + " right");
        System.out.flush();
    }

    private static boolean isRight(Program program, AllocationTracer tracer) throws Throwable {
        Map<String, Long> before = Map.of();
        Map<String, Long> objects = objects(tracer.record(program.body()::run));
        // As with the histogram: what the JDK makes once, as code for a method handle that is called often, is no
        // answer.
        for (int run = 1; run < MOST_RUNS && !objects.equals(before); run++) {
            before = objects;
            objects = objects(tracer.record(program.body()::run));
        }
        if (program.isAsSeen(objects)) {
            return true;
        }
        System.out.println(program.name() + ": " + objects);
        return false;
    }

    private static Map<String, Long> objects(AllocationTrace trace) {
        return trace.sites().stream()
                .collect(Collectors.groupingBy(
                        AllocationSite::className, TreeMap::new, Collectors.summingLong(AllocationSite::objects)));
    }
}
