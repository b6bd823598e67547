package io.heapspec;

import io.heapspec.internal.protocol.ThreadCheck;
import io.heapspec.internal.protocol.ThreadPlan;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.report.ThreadMessage;
import io.heapspec.result.ThreadJudgement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * One test, or one test class, that promises to leave no thread. JUnit closes it with the store, after all that came later into it: after
 * {@code @AfterEach} or {@code @AfterAll}, and after what other extensions do there. What it throws then becomes the result.
 *
 * <p>A thread that an inner scope reported is left out of those around it.
 */
@SuppressWarnings("deprecation") // what JUnit before 5.13 closes
final class ThreadScope implements AutoCloseable, CloseableResource {

    private final Session session;
    private final ExtensionContext context;
    private final Configuration configuration;
    private final @Nullable ThreadScope outer;
    private final ThreadCheck check;

    ThreadScope(Session session, ExtensionContext context, Configuration configuration, ThreadPlan plan) {
        this.session = session;
        this.context = context;
        this.configuration = configuration;
        this.outer = session.threads();
        this.check = new ThreadCheck(plan);
        session.watchThreadsOf(this);
    }

    /** Tells whether this is the scope of just that test or class. */
    boolean isOf(ExtensionContext other) {
        return context.getUniqueId().equals(other.getUniqueId());
    }

    /** Leaves out the threads that start from now on, here and in the scopes around it. */
    void pause() {
        for (ThreadScope each = this; each != null; each = each.outer) {
            each.check.scope().pause();
        }
    }

    /** Ends a pause. */
    void resume() {
        for (ThreadScope each = this; each != null; each = each.outer) {
            each.check.scope().resume();
        }
    }

    /** Judges; a thread that the test left interrupted stays so. */
    @Override
    public void close() {
        session.watchThreadsOf(outer);
        boolean interrupted = Thread.interrupted();
        try {
            conclude(check.judge());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void conclude(ThreadJudgement judgement) {
        for (ThreadScope each = outer; each != null; each = each.outer) {
            each.check.scope().leaveOut(judgement.threads());
        }
        TestName name = context.getTestMethod()
                .map(method -> TestName.of(context.getRequiredTestClass(), method, context.getUniqueId()))
                .orElseGet(() -> TestName.of(context.getRequiredTestClass(), context.getUniqueId()));
        new ResultsFile(configuration.output())
                .append(name, judgement, session.protocol().jvm());
        if (!Conclusion.isSilent(judgement.reason())) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(judgement.reason(), new ThreadMessage(name, judgement));
        }
    }
}
