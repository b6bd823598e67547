package io.heapspec;

import io.heapspec.internal.protocol.PauseProtocol;
import io.heapspec.internal.report.PauseMessage;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
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
        run(body);
        judged = false;
        judge(uniqueId);
    }

    @Override
    public void judgeAndConclude() {
        judge(context.getUniqueId());
    }

    /** Judges what was measured, unless that is done; a test that failed by itself has its own result. */
    private void judge(String uniqueId) {
        if (judged) {
            return;
        }
        PauseJudgement judgement = protocol.judge(limit);
        judged = true;
        if (judgement == null && context.getExecutionException().isEmpty()) {
            return;
        } else if (judgement == null) {
            judgement =
                    PauseJudgement.unjudged(limit, "the test failed or was aborted by itself, so it was not judged");
        }
        TestName name = TestName.of(context.getRequiredTestClass(), context.getRequiredTestMethod(), uniqueId);
        new ResultsFile(configuration.output())
                .append(name, judgement, session.protocol().jvm());
        if (!Conclusion.isSilent(judgement.reason())) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(judgement.reason(), new PauseMessage(name, judgement));
        }
    }
}
