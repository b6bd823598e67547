package io.heapspec.result;

/**
 * What a thread works for, as far as its stack shows.
 *
 * @since 0.1
 */
public enum ThreadOwner {
    /** A {@code ThreadPoolExecutor}, or an executor with a thread for each task. */
    EXECUTOR,
    /** A {@code ScheduledThreadPoolExecutor}. */
    SCHEDULER,
    /** A {@code ForkJoinPool}, be it the common one. */
    FORK_JOIN_POOL,
    /** A {@code java.util.Timer}. */
    TIMER,
    /** A {@code java.lang.ref.Cleaner}. */
    CLEANER,
    /** A {@code java.net.http.HttpClient}. */
    HTTP_CLIENT,
    /** Nothing that is known: a thread that somebody started. */
    NOBODY
}
