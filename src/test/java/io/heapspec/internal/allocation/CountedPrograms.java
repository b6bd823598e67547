package io.heapspec.internal.allocation;

import io.heapspec.internal.allocation.Programs.Program;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.Certification.GapsCounted;
import io.heapspec.result.ClassAllocations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts each program in this JVM so many rounds, in random order, and prints what is wrong. Runs in a JVM of its own: a build tool's threads
 * allocate at all times.
 */
final class CountedPrograms {

    private static final int RUNS = 20;
    private static final int FIRST_TO_NAME_GAPS = 19;

    private CountedPrograms() {}

    public static void main(String[] args) throws Throwable {
        int rounds = Integer.parseInt(args[0]);
        List<Program> programs = new ArrayList<>(Programs.all());
        for (Program program : programs) {
            // What a program does first is loading and linking.
            program.body().run();
            program.body().run();
        }
        AllocationWindow window = new AllocationWindow();
        int right = 0;
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(programs, new Random(round));
            for (Program program : programs) {
                AllocationProfile profile = window.settled(program.body(), RUNS);
                if (isRight(program, profile)) {
                    right++;
                } else {
                    System.out.println(program.name() + ": " + objects(profile) + ", " + profile.certification());
                }
            }
        }
        System.out.println(right + " of " + rounds * programs.size() + " right");
        System.out.flush();
    }

    private static boolean isRight(Program program, AllocationProfile profile) {
        boolean sameBytes =
                profile.classes().stream().mapToLong(ClassAllocations::bytes).sum() == profile.bytes();
        Map<String, Long> objects = objects(profile);
        if (profile.certification() instanceof GapsCounted gaps) {
            // Only the number of these is uncertain, and only before JDK 19.
            objects.put(gaps.className(), program.expectedOf(gaps.className()));
            objects.remove(gaps.className(), 0L);
            return Runtime.version().feature() < FIRST_TO_NAME_GAPS && sameBytes && program.isAsExpected(objects);
        }
        return profile.certification().isExact() && sameBytes && program.isAsExpected(objects);
    }

    private static Map<String, Long> objects(AllocationProfile profile) {
        return profile.classes().stream()
                .collect(Collectors.toMap(
                        ClassAllocations::className, ClassAllocations::objects, Long::sum, TreeMap::new));
    }
}
