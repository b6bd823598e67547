package io.heapspec.internal.protocol;

import static org.awaitility.Awaitility.await;
import static org.awaitility.pollinterval.IterativePollInterval.iterative;

import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.threads.LiveThreads;
import io.heapspec.internal.threads.Sighting;
import io.heapspec.internal.threads.StartedThreads;
import io.heapspec.internal.threads.UncaughtExceptions;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Reason;
import io.heapspec.result.ThreadJudgement;
import io.heapspec.result.ThreadOwner;
import io.heapspec.result.UncaughtException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Judges the threads of one scope, from the moment at which it is made.
 *
 * <p>Threads get some time to end. What is left then and ends when a collection is forced was closed by nobody, but by a reference that the
 * collector clears, as with a {@code java.net.http.HttpClient}: whether it ends in time would depend on when a collection happens, so it is no leak, and
 * said.
 */
public final class ThreadCheck {

    private static final Duration AFTER_COLLECTION = Duration.ofSeconds(1);

    /** An {@code HttpClient} looks every three seconds whether somebody refers to it. */
    private static final Duration OF_HTTP_CLIENTS = Duration.ofSeconds(4);

    private static final Duration LONGEST_POLL = Duration.ofMillis(50);

    private final ThreadPlan plan;
    private final StartedThreads scope = StartedThreads.fromNow();
    private final @Nullable UncaughtExceptions uncaught;
    private Sighting seen = new Sighting(List.of(), null);

    public ThreadCheck(ThreadPlan plan) {
        this.plan = plan;
        this.uncaught = plan.failOnUncaught() ? UncaughtExceptions.of(scope) : null;
    }

    /** Returns the threads of the scope, to leave some out. */
    public StartedThreads scope() {
        return scope;
    }

    /** Ends the scope, and judges it. The calling thread must not be interrupted. */
    public ThreadJudgement judge() {
        long start = System.nanoTime();
        List<LeakedThread> left;
        List<LeakedThread> late;
        List<UncaughtException> died;
        try {
            List<LeakedThread> lingering = whenEndedWithin(plan.linger());
            left = lingering.isEmpty() ? lingering : afterCollection(lingering);
            late = lingering.stream().filter(thread -> !has(left, thread)).toList();
        } finally {
            died = uncaught == null ? List.of() : uncaught.heard();
            if (uncaught != null) {
                uncaught.close();
            }
        }
        Reason reason = reason(left, late, died);
        List<String> allowed = seen.threads().stream()
                .filter(plan.allowed()::include)
                .map(LeakedThread::name)
                .sorted()
                .toList();
        double millis = (System.nanoTime() - start) / 1e6;
        return new ThreadJudgement(reason, detail(reason, late.size()), left, died, late, allowed, millis);
    }

    private Reason reason(List<LeakedThread> left, List<LeakedThread> late, List<UncaughtException> died) {
        if (!left.isEmpty()) {
            return Reason.THREAD_LEAK;
        } else if (!died.isEmpty()) {
            return Reason.UNCAUGHT_EXCEPTION;
        } else if (seen.unseen() != null) {
            return Reason.THREADS_NOT_SEEN;
        }
        return late.isEmpty() ? Reason.NO_THREAD_LEFT : Reason.ENDED_BY_COLLECTION;
    }

    private String detail(Reason reason, int late) {
        return switch (reason) {
            case THREAD_LEAK -> "waited " + plan.linger().toMillis() + " ms for threads to end";
            case UNCAUGHT_EXCEPTION -> "an exception on a thread of the scope was caught by nobody";
            case THREADS_NOT_SEEN -> String.valueOf(seen.unseen());
            case ENDED_BY_COLLECTION ->
                late + (late == 1 ? " thread" : " threads")
                        + " ended only when a collection was forced: nobody closed what had started "
                        + (late == 1 ? "it" : "them");
            default -> "every thread ended";
        };
    }

    private List<LeakedThread> afterCollection(List<LeakedThread> lingering) {
        try {
            new Collector().collect();
        } catch (CollectionNotConfirmedException asIfThereWasNone) {
            return whenEndedWithin(Duration.ZERO);
        }
        boolean slow = lingering.stream().anyMatch(thread -> thread.owner() == ThreadOwner.HTTP_CLIENT);
        return whenEndedWithin(slow ? OF_HTTP_CLIENTS : AFTER_COLLECTION);
    }

    /** Waits until no thread is left that may not be, and returns those that are when the time is over. */
    private List<LeakedThread> whenEndedWithin(Duration patience) {
        List<LeakedThread> left = left();
        if (left.isEmpty() || patience.isZero()) {
            return left;
        }
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(iterative(ThreadCheck::longer, Duration.ofMillis(1)))
                    .atMost(patience)
                    .until(() -> left().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException theyStay) {
            return left();
        }
    }

    private static Duration longer(Duration poll) {
        return poll.compareTo(LONGEST_POLL) < 0 ? poll.multipliedBy(2) : poll;
    }

    private List<LeakedThread> left() {
        seen = LiveThreads.of(scope);
        return seen.threads().stream()
                .filter(thread -> !plan.allowed().include(thread))
                .toList();
    }

    private static boolean has(List<LeakedThread> threads, LeakedThread thread) {
        return threads.stream().anyMatch(each -> each.id() == thread.id());
    }
}
