package io.heapspec.internal.advice;

import io.heapspec.result.LeakedThread;

/** What to do about a thread that stays, chosen by what it works for. */
public final class ThreadAdvice {

    private ThreadAdvice() {}

    /** Says what to do about a thread. */
    public static String on(LeakedThread thread) {
        return switch (thread.owner()) {
            case EXECUTOR, SCHEDULER ->
                "An executor is never shut down, and its threads never end: call shutdown(), or close it, when what uses it is closed; a task that still runs needs a way to stop.";
            case FORK_JOIN_POOL ->
                thread.name().startsWith("ForkJoinPool.commonPool")
                        ? "A task still runs in the common pool: wait for it, or give it a way to stop."
                        : "A ForkJoinPool is never shut down: call shutdown(), or close it, when what uses it is closed.";
            case TIMER -> "A Timer is never cancelled: call cancel() when what uses it is closed.";
            case CLEANER -> "A Cleaner lives as long as something refers to it: keep one for all, in a static field.";
            case HTTP_CLIENT ->
                "An HttpClient lives until it is closed, or until nothing refers to it: call close() from JDK 21 on, and let go of it before.";
            case NOBODY -> plain(thread);
        };
    }

    private static String plain(LeakedThread thread) {
        return thread.inNative()
                ? "A thread is in native code, where an interrupt does not reach it: close what it reads from, or waits for."
                : "A thread never ends: interrupt it, or give it a way to stop, and join it.";
    }
}
