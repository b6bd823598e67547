package io.heapspec.internal.protocol;

import io.heapspec.internal.threads.LiveThreads;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a heap dump does not say of a leak: where it was made, and what a thread that stays is doing.
 */
final class LeakDetails {

    private final Origins origins;

    LeakDetails(Origins origins) {
        this.origins = origins;
    }

    /** Adds what is known of leaks. */
    List<Leak> of(List<Leak> leaks, RepeatableTest test, Repeater repeater) {
        Set<String> classes = leaks.stream()
                .filter(LeakDetails::isMade)
                .map(leak -> leak.chain().leakedClass())
                .collect(Collectors.toSet());
        if (classes.isEmpty()) {
            return leaks;
        }
        // Before the test is repeated once more: threads that end soon may be among what that starts.
        Map<Leak, LeakedThread> threads = new HashMap<>();
        leaks.forEach(leak -> thread(leak).ifPresent(thread -> threads.put(leak, thread)));
        Origins.Found made = origins.of(classes, test, repeater);
        return leaks.stream()
                .map(leak -> isMade(leak) ? leak.with(origins(leak, made), threads.get(leak)) : leak)
                .toList();
    }

    /** Nothing new is made where the same object is added again, or an array becomes longer. */
    private static boolean isMade(Leak leak) {
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
