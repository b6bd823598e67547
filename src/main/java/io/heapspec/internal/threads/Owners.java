package io.heapspec.internal.threads;

import io.heapspec.result.ThreadOwner;
import java.util.List;
import java.util.Map;

/** Tells what a thread works for by the frames that it begins with, whatever it is called. */
final class Owners {

    /** Classes and what has them on the stacks of its threads; the first that is there decides. */
    private static final List<Map.Entry<String, ThreadOwner>> BY_CLASS = List.of(
            Map.entry("jdk.internal.net.http.HttpClientImpl", ThreadOwner.HTTP_CLIENT),
            Map.entry("java.util.TimerThread", ThreadOwner.TIMER),
            Map.entry("jdk.internal.ref.CleanerImpl", ThreadOwner.CLEANER),
            Map.entry("java.util.concurrent.ForkJoinWorkerThread", ThreadOwner.FORK_JOIN_POOL),
            Map.entry("java.util.concurrent.DelayScheduler", ThreadOwner.FORK_JOIN_POOL),
            Map.entry("java.util.concurrent.ScheduledThreadPoolExecutor", ThreadOwner.SCHEDULER),
            Map.entry("java.util.concurrent.ThreadPoolExecutor", ThreadOwner.EXECUTOR));

    private Owners() {}

    static ThreadOwner of(List<String> stack) {
        for (Map.Entry<String, ThreadOwner> each : BY_CLASS) {
            if (stack.stream().anyMatch(frame -> Frames.isIn(frame, each.getKey()))) {
                return each.getValue();
            }
        }
        return ThreadOwner.NOBODY;
    }
}
