package io.heapspec;

import io.heapspec.internal.advice.Diagnoses;
import io.heapspec.internal.advice.Scene;
import io.heapspec.internal.protocol.RepeatableTest;
import io.heapspec.internal.protocol.Repetition;
import io.heapspec.internal.protocol.TestOrigin;
import io.heapspec.internal.report.LeakMessage;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.rerun.Reruns;
import io.heapspec.internal.rerun.TestStatics;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.Reason;
import io.heapspec.result.StepCosts;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * One test whose promise is kept. It is judged after every {@code @AfterEach}; what it throws then becomes the test's result.
 */
final class JudgedTest implements RepeatableTest, JudgedAtEnd {

    private final Session session;
    private final ExtensionContext context;
    private final Configuration configuration;
    private final LeakPromise promise;
    private final Reruns reruns;
    private Window.@Nullable Stay stay;
    private @Nullable TestStatics statics;

    JudgedTest(Session session, ExtensionContext context, Configuration configuration, LeakPromise promise) {
        this.session = session;
        this.context = context;
        this.configuration = configuration;
        this.promise = promise;
        this.reruns = new Reruns(context);
    }

    void start() {
        stay = session.window().alone();
        if (!stay.isInsideAnother()) {
            session.protocol()
                    .start(new TestOrigin(context.getRequiredTestClass().getName(), kind(), session.isConsecutive()));
        }
    }

    /** The last kind of segment in the unique id: a plain test leaves other things with JUnit than an invocation of a template. */
    private String kind() {
        String id = context.getUniqueId();
        int segment = id.lastIndexOf("/[") + 2;
        return id.substring(segment, id.indexOf(':', segment));
    }

    void invoked(ReflectiveInvocationContext<Method> method) {
        // JUnit makes the list when it is asked: one more object on the heap that is about to be counted.
        List<Object> arguments = method.getExecutable().getParameterCount() == 0 ? List.of() : method.getArguments();
        reruns.invoked(method.getExecutable(), method.getTarget().orElse(null), arguments);
    }

    /**
     * Judges the test, unless that is done.
     *
     * <p>A test may leave its thread interrupted: that is kept for whoever comes next, and not taken as meant for the judging.
     */
    @Override
    public void judgeAndConclude() {
        Window.Stay open = stay;
        stay = null;
        if (open == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            judgeAndConclude(open);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void judgeAndConclude(Window.Stay open) {
        LeakJudgement judgement;
        try (open) {
            judgement = judge(open);
        }
        TestName name =
                TestName.of(context.getRequiredTestClass(), context.getRequiredTestMethod(), context.getUniqueId());
        session.suppressions(configuration).judged(name, judgement);
        Diagnoses diagnoses = diagnoses(name, judgement);
        new ResultsFile(configuration.output())
                .append(name, judgement, diagnoses, session.protocol().jvm());
        if (!Conclusion.isSilent(judgement.reason()) || !judgement.suppressed().isEmpty()) {
            new Conclusion(context, configuration.inconclusive(promise.annotated()))
                    .draw(judgement.reason(), new LeakMessage(name, judgement, diagnoses));
        }
    }

    private Diagnoses diagnoses(TestName name, LeakJudgement judgement) {
        return judgement.leaks().isEmpty()
                ? Diagnoses.NONE
                : new Diagnoses(
                        judgement.leaks(),
                        Scene.of(name.shortName(), context.getRequiredTestClass(), session.earlierLeaks()));
    }

    private LeakJudgement judge(Window.Stay open) {
        if (open.isInsideAnother()) {
            return unjudged(Reason.COULD_NOT_REPEAT, "another test was open on the same thread");
        }
        if (context.getExecutionException().isPresent()) {
            session.protocol().abandon();
            return unjudged(Reason.TEST_FAILED, "the test failed or was aborted by itself, so it was not judged");
        }
        session.pauseThreads();
        try {
            return session.protocol().judge(promise.plan(), promise.repeat() == Repeat.NEVER ? null : this);
        } finally {
            session.resumeThreads();
        }
    }

    @Override
    public Class<?> code() {
        return context.getRequiredTestClass();
    }

    @Override
    public Set<Executable> entries() {
        return reruns.entries();
    }

    @Override
    public Repetition repetition() {
        statics = TestStatics.of(context.getRequiredTestClass());
        return promise.repeat() == Repeat.BODY && !LoaderPlans.isPromised(context)
                ? reruns.body()
                : reruns.wholeLifeCycle();
    }

    /**
     * An instance that tests share is not for further runs of a body: those that follow would see what they did to it. The instance of a test
     * that runs in a class loader of its own has not been set up.
     */
    @Override
    public Repetition body() {
        boolean shared = context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_CLASS;
        return shared && promise.repeat() != Repeat.BODY || LoaderPlans.isPromised(context)
                ? reruns.wholeLifeCycle()
                : reruns.body();
    }

    @Override
    public void restore() {
        if (statics != null) {
            statics.restore();
            statics = null;
        }
    }

    private LeakJudgement unjudged(Reason reason, String detail) {
        return new LeakJudgement(
                reason, detail, promise.plan().everyNthRun(), 0, List.of(), List.of(), new StepCosts(0, 0, 0));
    }
}
