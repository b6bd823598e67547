package io.heapspec;

import io.heapspec.internal.protocol.PauseProtocol;
import io.heapspec.internal.report.PauseMessage;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test that the garbage collector may pause only so much. Its body is measured as it runs, and judged after every {@code @AfterEach}. */
final class PausedTest implements JudgedAtEnd {

    private final Session session;
    private final ExtensionContext context;
    private final Configuration configuration;
    private final PauseLimit limit;
    private final PauseProtocol protocol;
    private boolean judged;

    PausedTest(Session session, ExtensionContext context, Configuration configuration, PauseLimit limit) {
        this.session = session;
        this.context = context;
        this.configuration = configuration;
        this.limit = limit;
        this.protocol = new PauseProtocol(configuration.output());
    }

    /** Runs the body of the test, and measures it. */
    void run(PauseProtocol.Body body) throws Throwable {
        Window.Stay alone = session.window().alone();
        try (alone) {
            protocol.measure(body);
        }
    }

    /** Runs a dynamic test that this factory made, measures and judges it: it has no life cycle of its own. */
    void runDynamic(PauseProtocol.Body body, String uniqueId) throws Throwable {
        judged = true;
        try {
            run(body);
        } catch (Throwable failure) {
            write(unjudged(), name(uniqueId));
            throw failure;
        }
        conclude(protocol.judge(limit), name(uniqueId));
    }

    /** Judges the test, unless that is done; a thread that the test left interrupted stays so. */
    @Override
    public void judgeAndConclude() {
        if (judged) {
            return;
        }
        judged = true;
        boolean failed = context.getExecutionException().isPresent();
        PauseJudgement judgement = failed ? unjudged() : protocol.judge(limit);
        if (judgement != null) {
            conclude(judgement, name(context.getUniqueId()));
        }
    }

    private PauseJudgement unjudged() {
        return PauseJudgement.unjudged(limit, "the test failed or was aborted by itself, so it was not judged");
    }

    private TestName name(String uniqueId) {
        return TestName.of(context.getRequiredTestClass(), context.getRequiredTestMethod(), uniqueId);
    }

    private void conclude(@Nullable PauseJudgement judgement, TestName name) {
        if (judgement == null) {
            throw new IllegalStateException("nothing was measured");
        }
        write(judgement, name);
        if (!Conclusion.isSilent(judgement.reason())) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(judgement.reason(), new PauseMessage(name, judgement));
        }
    }

    private void write(PauseJudgement judgement, TestName name) {
        boolean interrupted = Thread.interrupted();
        try {
            new ResultsFile(configuration.output())
                    .append(name, judgement, session.protocol().jvm());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
