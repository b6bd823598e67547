package io.heapspec;

import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.report.WatchMessage;
import io.heapspec.internal.rerun.Reruns;
import io.heapspec.internal.watch.Expectations.Taken;
import io.heapspec.result.Reason;
import io.heapspec.result.WatchJudgement;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test that has a {@link LeakWatcher}: what it expects is checked after every {@code @AfterEach}, unless the test failed by itself. */
final class WatchedTest implements JudgedAtEnd {

    private final LeakWatcher watcher = LeakWatcher.create();
    private final Supplier<Session> session;
    private final ExtensionContext context;
    private boolean judged;

    /** @param session asked when something is judged: a repetition needs none */
    WatchedTest(Supplier<Session> session, ExtensionContext context) {
        this.session = session;
        this.context = context;
    }

    LeakWatcher watcher() {
        return watcher;
    }

    /** Judges what is expected, once: what repetitions for another promise expect after that is not judged again. */
    @Override
    public void judgeAndConclude() {
        Taken expected = watcher.taken();
        if (judged || expected.isEmpty() || Reruns.isRepetition(context)) {
            return;
        }
        judged = true;
        Configuration configuration = new Configuration(context::getConfigurationParameter);
        WatchJudgement judgement = context.getExecutionException().isPresent()
                ? new WatchJudgement(
                        Reason.TEST_FAILED,
                        "the test failed or was aborted by itself, so it was not judged",
                        1,
                        List.of(),
                        0)
                : watcher.judge(expected, configuration.output());
        Class<?> type = context.getRequiredTestClass();
        TestName name = TestName.of(type, context.getRequiredTestMethod(), context.getUniqueId());
        new ResultsFile(configuration.output())
                .append(name, judgement, session.get().protocol().jvm());
        if (!Conclusion.isSilent(judgement.reason())) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(
                            judgement.reason(),
                            new WatchMessage("LeakWatcher: " + name.shortName(), type.getName(), judgement));
        }
    }
}
