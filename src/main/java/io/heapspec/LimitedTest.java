package io.heapspec;

import io.heapspec.internal.allocation.Reading;
import io.heapspec.internal.protocol.AllocationProtocol;
import io.heapspec.internal.protocol.BodyRunner;
import io.heapspec.internal.protocol.MeasuredTest;
import io.heapspec.internal.protocol.Repetition;
import io.heapspec.internal.protocol.RepetitionFailedException;
import io.heapspec.internal.report.AllocationMessage;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.rerun.Reruns;
import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.Reason;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.function.Executable;

/**
 * One test whose allocations are limited. Its own run is measured as it happens; it is judged after every {@code @AfterEach}, and what it throws
 * then becomes the test's result.
 */
final class LimitedTest implements MeasuredTest, JudgedAtEnd {

    private final Session session;
    private final ExtensionContext context;
    private final Configuration configuration;
    private final AllocationPromise promise;
    private final Reruns reruns;
    private @Nullable Reading first;
    private @Nullable AllocationProtocol protocol;
    private boolean judged;

    LimitedTest(Session session, ExtensionContext context, Configuration configuration, AllocationPromise promise) {
        this.session = session;
        this.context = context;
        this.configuration = configuration;
        this.promise = promise;
        this.reruns = new Reruns(context);
    }

    /** Runs the test's method, and measures it. */
    void run(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method) throws Throwable {
        reruns.invoked(method.getExecutable(), method.getTarget().orElse(null), method.getArguments());
        Window.Stay alone = session.window().alone();
        try (alone) {
            protocol = session.allocations();
            first = protocol.measure(MethodBody.of(invocation, method));
        }
    }

    /** Runs a dynamic test that this factory made, measures and judges it: it has no life cycle of its own. */
    void runDynamic(Invocation<Void> invocation, DynamicTestInvocationContext dynamic, String uniqueId)
            throws Throwable {
        Window.Stay alone = session.window().alone();
        AllocationJudgement judgement;
        try (alone) {
            AllocationProtocol used = session.allocations();
            Reading reading = used.measure(MethodBody.of(invocation, dynamic));
            judgement = promise.judge(
                    used,
                    reading,
                    new MeasuredExecutable(dynamic.getExecutable()),
                    name(uniqueId).inClass());
        }
        conclude(judgement, name(uniqueId));
    }

    /** Judges the test, unless that is done; a thread that the test left interrupted stays so. */
    @Override
    public void judgeAndConclude() {
        if (judged || protocol == null && context.getExecutionException().isEmpty()) {
            return;
        }
        judged = true;
        boolean interrupted = Thread.interrupted();
        try {
            TestName name = name(context.getUniqueId());
            conclude(judge(name), name);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private AllocationJudgement judge(TestName name) {
        AllocationProtocol used = protocol;
        if (used == null || context.getExecutionException().isPresent()) {
            return AllocationJudgement.unjudged(
                    Reason.TEST_FAILED, "the test failed or was aborted by itself, so it was not judged", 0, 0);
        }
        Window.Stay alone = session.window().alone();
        session.pauseThreads();
        try (alone) {
            return promise.judge(used, first, this, name.inClass());
        } finally {
            session.resumeThreads();
        }
    }

    private TestName name(String uniqueId) {
        return TestName.of(context.getRequiredTestClass(), context.getRequiredTestMethod(), uniqueId);
    }

    private void conclude(AllocationJudgement judgement, TestName name) {
        new ResultsFile(configuration.output())
                .append(name, judgement, session.protocol().jvm());
        if (!Conclusion.isSilent(judgement.reason())) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(judgement.reason(), new AllocationMessage(name, judgement));
        }
    }

    @Override
    public Repetition repetition(BodyRunner runner) {
        return Reruns.running(reruns.wholeLifeCycle(), runner);
    }

    @Override
    public Class<?> code() {
        return context.getRequiredTestClass();
    }

    @Override
    public Method method() {
        return context.getRequiredTestMethod();
    }

    @Override
    public Repetition body() {
        return reruns.body();
    }

    /** A dynamic test, which is nothing but its body. */
    private record MeasuredExecutable(Executable executable) implements MeasuredTest {

        @Override
        public Repetition repetition(BodyRunner runner) {
            return () -> run(() -> runner.run(executable::execute));
        }

        @Override
        public Class<?> code() {
            return executable.getClass();
        }

        @Override
        public @Nullable Method method() {
            return null;
        }

        @Override
        public Repetition body() {
            return () -> run(executable);
        }

        private static void run(Executable body) throws RepetitionFailedException {
            try {
                body.execute();
            } catch (Throwable failure) {
                throw RepetitionFailedException.causedBy(failure);
            }
        }
    }
}
