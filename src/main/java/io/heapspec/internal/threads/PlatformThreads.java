package io.heapspec.internal.threads;

import io.heapspec.result.LeakedThread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists platform threads by number, and describes them. They are listed by their groups, since the JVM's bean asks each thread for a number
 * that before JDK 19 its class can make up; threads of such classes are not seen there. They are described by the bean: a thread itself is asked
 * only for what no class can override.
 */
final class PlatformThreads {

    /** Enough for the frames that a thread began with, unless it is lost in a recursion. */
    private static final int DEPTH = 1_024;

    private PlatformThreads() {}

    /** Returns all that are alive, without stopping them. */
    static Map<Long, Thread> alive() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] list = new Thread[root.activeCount() + 64];
        int count = root.enumerate(list);
        while (count == list.length) {
            list = new Thread[2 * list.length];
            count = root.enumerate(list);
        }
        Map<Long, Thread> threads = new HashMap<>();
        for (int i = 0; i < count; i++) {
            threads.put(ThreadNumbers.of(list[i]), list[i]);
        }
        threads.remove(ThreadNumbers.UNKNOWN);
        return threads;
    }

    /** Describes those that are still alive, but for {@link Bystanders}. */
    static List<LeakedThread> described(Map<Long, Thread> threads) {
        long[] ids = threads.keySet().stream().mapToLong(Long::longValue).toArray();
        List<LeakedThread> found = new ArrayList<>();
        for (ThreadInfo info : ManagementFactory.getThreadMXBean().getThreadInfo(ids, DEPTH)) {
            if (info == null || info.getThreadState() == Thread.State.TERMINATED) {
                continue;
            }
            Thread thread = threads.get(info.getThreadId());
            if (thread != null) {
                LeakedThread seen = described(info, thread);
                if (!Bystanders.include(seen, thread)) {
                    found.add(seen);
                }
            }
        }
        return found;
    }

    /** Describes one, if it is still alive. */
    static Optional<LeakedThread> described(long id, Thread thread) {
        return Optional.ofNullable(ManagementFactory.getThreadMXBean().getThreadInfo(id, DEPTH))
                .filter(info -> info.getThreadState() != Thread.State.TERMINATED)
                .map(info -> described(info, thread));
    }

    private static LeakedThread described(ThreadInfo info, Thread thread) {
        List<String> stack = Frames.of(info.getStackTrace());
        ThreadGroup group = thread.getThreadGroup();
        return new LeakedThread(
                info.getThreadId(),
                info.getThreadName(),
                info.getThreadState().name(),
                info.isDaemon(),
                false,
                group == null ? "" : group.getName(),
                Owners.of(stack),
                info.isInNative(),
                stack);
    }
}
