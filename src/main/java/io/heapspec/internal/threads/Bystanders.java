package io.heapspec.internal.threads;

import io.heapspec.result.LeakedThread;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Threads that no test is to blame for, though they may start while one runs: the JVM's own, workers of the JDK's shared pools that have
 * nothing to do, and those of the tools that run the tests. They are told by their class, group and stack; by a name only where these are
 * those of any other thread.
 */
@SuppressWarnings("ReferenceEquality") // there is one common pool
final class Bystanders {

    /** Thread groups below the root in which the JDK starts threads that serve the whole JVM. */
    private static final Set<String> SERVICE_GROUPS = Set.of("CarrierThreads", "InnocuousThreadGroup", "RMI Runtime");

    /** Idle workers of pools that serve the whole JVM, and whose threads and groups are any other's. */
    private static final Set<String> IDLE_SERVICES = Set.of(
            "CompletableFutureDelayScheduler",
            "ForkJoinPool.commonPool-delayScheduler",
            "junit-jupiter-timeout-watcher");

    private static final List<String> TOOLS = List.of(
            "org.junit.platform.",
            "org.junit.jupiter.engine.",
            "org.apache.maven.surefire.",
            "org.gradle.",
            "com.intellij.rt.",
            "org.eclipse.jdt.internal.junit",
            "io.heapspec.internal.protocol.Repeater.");

    private Bystanders() {}

    static boolean include(LeakedThread seen, Thread thread) {
        return thread == Thread.currentThread()
                || isOfTool(thread.getClass().getName())
                || isService(seen, thread)
                || startsInTool(seen.stack())
                || (IDLE_SERVICES.contains(seen.name()) && isIdle(seen))
                || (seen.name().equals("DestroyJavaVM") && seen.stack().isEmpty());
    }

    private static boolean isService(LeakedThread seen, Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        if (group == null) {
            // It has just ended.
            return true;
        } else if (group.getParent() == null) {
            return true;
        }
        boolean service = group.getParent().getParent() == null && SERVICE_GROUPS.contains(group.getName());
        return isCarrier(thread) || ((service || isOfCommonPool(thread)) && isIdle(seen));
    }

    /** It runs virtual threads; those are looked at themselves. */
    private static boolean isCarrier(Thread thread) {
        return thread.getClass().getName().equals("jdk.internal.misc.CarrierThread");
    }

    private static boolean isOfCommonPool(Thread thread) {
        return thread instanceof ForkJoinWorkerThread worker
                && Frames.isOfTheJdk(worker.getClass().getName())
                && worker.getPool() == ForkJoinPool.commonPool();
    }

    /** Nothing but the JDK's own code is on its stack. */
    private static boolean isIdle(LeakedThread seen) {
        return seen.stack().stream().allMatch(Frames::isOfTheJdk);
    }

    /** The first class outside the JDK, from the bottom of the stack, is what the thread was started for. */
    private static boolean startsInTool(List<String> stack) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (!Frames.isOfTheJdk(stack.get(i))) {
                return isOfTool(stack.get(i));
            }
        }
        return false;
    }

    private static boolean isOfTool(String className) {
        return TOOLS.stream().anyMatch(className::startsWith);
    }
}
