package io.heapspec.internal.protocol;

import io.heapspec.internal.threads.LiveThreads;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Origin;
import io.heapspec.result.TraceFindings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a heap dump does not say of a leak: where it was made, what a thread that stays is doing, and what Flight Recorder sees of both.
 */
final class LeakDetails {

    private final Origins origins;
    private final TraceWitness trace;

    LeakDetails(Origins origins, TraceWitness trace) {
        this.origins = origins;
        this.trace = trace;
    }

    /**
     * Finds out what is known of leaks, by repeating the test.
     *
     * @param folder for a recording
     */
    Detailed of(List<Leak> leaks, RepeatableTest test, Repeater repeater, Path folder) {
        if (leaks.isEmpty()) {
            return new Detailed(leaks, 0, "", TraceFindings.NONE);
        }
        // Flight Recorder starts while code is instrumented: each takes a second, the first time.
        try (TraceWitness.Recording recording = trace.start()) {
            Detailed detailed = traced(leaks, test, repeater);
            Set<String> classes =
                    leaks.stream().map(leak -> leak.chain().leakedClass()).collect(Collectors.toSet());
            return detailed.with(recording.of(repeater, classes, threadsOf(detailed.leaks()), folder));
        }
    }

    private static Set<String> threadsOf(List<Leak> leaks) {
        return leaks.stream()
                .map(Leak::thread)
                .filter(Objects::nonNull)
                .map(LeakedThread::name)
                .collect(Collectors.toSet());
    }

    private Detailed traced(List<Leak> leaks, RepeatableTest test, Repeater repeater) {
        Set<String> classes = leaks.stream()
                .filter(LeakDetails::isMade)
                .map(leak -> leak.chain().leakedClass())
                .collect(Collectors.toSet());
        if (classes.isEmpty()) {
            return new Detailed(leaks, 0, "", TraceFindings.NONE);
        }
        // Before the test is repeated once more: threads that end soon may be among what that starts.
        Map<Leak, LeakedThread> threads = new HashMap<>();
        leaks.forEach(leak -> thread(leak).ifPresent(thread -> threads.put(leak, thread)));
        Origins.Found made = origins.of(
                classes,
                test,
                repeater,
                found -> leaks.stream().filter(LeakDetails::isMade).allMatch(found::explains));
        List<Leak> detailed = leaks.stream()
                .map(leak -> isMade(leak) ? leak.with(origins(leak, made), threads.get(leak)) : leak)
                .toList();
        return new Detailed(
                detailed, made.made(leaks.get(0).chain().leakedClass()), made.missing(), TraceFindings.NONE);
    }

    /**
     * What is known of leaks.
     *
     * @param leaks the leaks, with their lines and threads
     * @param made how many objects of the first one's class a run makes, as instrumented code has it
     * @param missing why no code could be instrumented; empty if it could, or need not
     * @param trace what Flight Recorder saw
     */
    record Detailed(List<Leak> leaks, long made, String missing, TraceFindings trace) {

        Detailed with(TraceFindings findings) {
            return new Detailed(leaks, made, missing, findings);
        }
    }

    /** Nothing new is made where the same object is added again, or an array becomes longer. */
    static boolean isMade(Leak leak) {
        return leak.objectsPerRun() > 0 && !leak.referencesOnly();
    }

    private static List<Origin> origins(Leak leak, Origins.Found made) {
        return leak.kind() == LeakKind.OBJECTS
                ? made.of(leak)
                : made.of(List.of(leak.chain().leakedClass()));
    }

    /** Returns the youngest of those alive that the chain stands for. */
    private static Optional<LeakedThread> thread(Leak leak) {
        return leak.kind() == LeakKind.THREADS
                ? LiveThreads.youngest(thread -> isOf(leak.chain(), thread))
                : Optional.empty();
    }

    private static boolean isOf(GcRootPath chain, Thread thread) {
        boolean sameClass = ClassNames.stable(thread.getClass().getName()).equals(chain.leakedClass());
        String root = chain.root().text();
        boolean named = root.startsWith("thread \"") && chain.elements().isEmpty();
        return sameClass
                && (!named || root.equals("thread \"" + thread.getName().replaceAll("\\d+", "*") + "\""));
    }
}
