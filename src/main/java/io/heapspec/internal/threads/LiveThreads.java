package io.heapspec.internal.threads;

import io.heapspec.result.LeakedThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for threads that are alive, such as those that started within a scope: of these, threads of the JVM, and of the tools that run the tests, are left out.
 *
 * <p>Where none started, that is a list of all threads and no more. Stacks are taken only of those that did. Virtual threads are listed by a
 * thread dump of the JVM, which costs some ten milliseconds, and is taken only where threads were made that are no living platform threads.
 *
 * <p>Not seen: before JDK 19, threads of a class that overrides {@code getId()}; virtual threads before JDK 21, and where the JVM was started with {@code -Djdk.trackAllThreads=false}.
 */
public final class LiveThreads {

    private LiveThreads() {}

    /** Returns the threads of a scope that are alive now. */
    public static Sighting of(StartedThreads scope) {
        Map<Long, Thread> started = PlatformThreads.alive();
        started.keySet().removeIf(id -> !scope.hasPlatform(id));
        List<LeakedThread> alive = new ArrayList<>(started.isEmpty() ? List.of() : PlatformThreads.described(started));
        String unseen = null;
        if (VirtualThreads.mayHaveStarted(scope, started.keySet())) {
            try {
                VirtualThreads.alive().stream()
                        .filter(thread -> scope.hasVirtual(thread.id()))
                        .forEach(alive::add);
            } catch (ThreadsNotSeenException e) {
                unseen = e.getMessage();
            }
        }
        alive.sort(Comparator.comparingLong(LeakedThread::id));
        return new Sighting(alive, unseen);
    }

    /** Returns the youngest of the platform threads that are like this, whoever started it. */
    public static Optional<LeakedThread> youngest(Predicate<Thread> like) {
        return PlatformThreads.alive().entrySet().stream()
                .filter(each -> like.test(each.getValue()))
                .max(Map.Entry.comparingByKey())
                .flatMap(each -> PlatformThreads.described(each.getKey(), each.getValue()));
    }
}
