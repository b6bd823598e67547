package io.heapspec;

import io.heapspec.internal.disposable.Call;
import io.heapspec.internal.disposable.DisposableRun;
import io.heapspec.internal.disposable.DisposedLoader;
import io.heapspec.internal.disposable.FailureCopies;
import io.heapspec.internal.disposable.ForeignArgumentException;
import io.heapspec.internal.disposable.LifeCycle;
import io.heapspec.internal.protocol.LoaderProtocol;
import io.heapspec.internal.protocol.RepetitionFailedException;
import io.heapspec.internal.report.LoaderMessage;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.rerun.Reruns;
import io.heapspec.result.ClassLoaderJudgement;
import io.heapspec.result.Reason;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One test that runs in a class loader of its own. What JUnit would call on its instance is called on the instance's twin in the loader. When
 * all that has ended, the loader has to go; what it throws if it does not becomes the test's result.
 *
 * <p>A repetition runs in a loader, too, with the cure if there is one, and is not judged: that is for whoever repeats it.
 */
final class DisposableTest implements JudgedAtEnd {

    private final Supplier<Session> session;
    private final ExtensionContext context;
    private final Store store;
    private final Configuration configuration;
    private final LoaderPromise promise;
    private final TestName name;
    private final ClassLoader outer;
    private final List<Call> calls = new ArrayList<>();
    private LifeCycle lifeCycle = LifeCycle.NONE;
    private @Nullable DisposableRun run;
    private boolean couldNotBegin;
    private boolean concluded;

    DisposableTest(
            Supplier<Session> session,
            ExtensionContext context,
            Store store,
            Configuration configuration,
            LoaderPromise promise) {
        this.session = session;
        this.context = context;
        this.store = store;
        this.configuration = configuration;
        this.promise = promise;
        name = TestName.of(context.getRequiredTestClass(), context.getRequiredTestMethod(), context.getUniqueId());
        outer = context.getRequiredTestClass().getClassLoader();
    }

    /** Calls a method of the test class inside: before each, the test itself, or after each. */
    void call(ReflectiveInvocationContext<Method> method) throws Throwable {
        if (couldNotBegin) {
            return;
        }
        Call call = new Call(method.getExecutable(), method.getArguments());
        calls.add(call);
        lettingNothingOut(() -> {
            DisposableRun begun = run != null ? run : begin();
            begun.call(call);
        });
    }

    /** Until the first call comes, extensions may still fill fields. */
    private DisposableRun begin() throws Throwable {
        lifeCycle = LifeCycles.of(context, store);
        DisposableRun begun = newRun();
        run = begun;
        couldNotBegin = true;
        begun.begin();
        couldNotBegin = false;
        return begun;
    }

    private DisposableRun newRun() {
        return new DisposableRun("heapspec " + name.shortName(), outer, promise.outside(), lifeCycle);
    }

    /** Judges the test, unless that is done; a thread that the test left interrupted stays so. */
    @Override
    public void judgeAndConclude() {
        if (concluded) {
            return;
        }
        concluded = true;
        boolean interrupted = Thread.interrupted();
        try {
            end();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end() {
        boolean repetition = Reruns.isRepetition(context);
        Throwable failure = failureOf(() -> {
            if (run != null && !couldNotBegin) {
                run.end();
                if (repetition && promise.hasCure()) {
                    run.run(promise.cure());
                }
            }
        });
        DisposedLoader disposed = run == null ? null : run.dispose();
        run = null;
        if (!repetition) {
            conclude(judge(disposed, failure));
        }
        lifeCycle = LifeCycle.NONE;
        calls.clear();
        if (failure != null) {
            DisposableTest.<RuntimeException>throwAsItIs(failure);
        }
    }

    /** JUnit takes whatever a closed resource throws; the compiler warns of one that throws checked exceptions. */
    @SuppressWarnings("unchecked") // T is nothing that could be checked
    private static <T extends Throwable> void throwAsItIs(Throwable failure) throws T {
        throw (T) failure;
    }

    private ClassLoaderJudgement judge(@Nullable DisposedLoader disposed, @Nullable Throwable failure) {
        if (disposed == null
                || failure != null
                || context.getExecutionException().isPresent()) {
            return LoaderProtocol.unjudged(
                    promise.plan(),
                    Reason.TEST_FAILED,
                    "the test failed or was aborted by itself, so it was not judged");
        }
        if (!promise.hasCure()) {
            calls.clear();
        }
        return session.get().loaders().judge(promise.plan(), disposed, this::runWithCure);
    }

    private void conclude(ClassLoaderJudgement judgement) {
        new ResultsFile(configuration.output())
                .append(name, judgement, session.get().protocol().jvm());
        if (!Conclusion.isSilent(judgement.reason())) {
            new Conclusion(context, configuration.inconclusive(true))
                    .draw(judgement.reason(), new LoaderMessage(name, judgement));
        }
    }

    private DisposedLoader runWithCure() throws RepetitionFailedException {
        DisposableRun again = newRun();
        Throwable failure = failureOf(() -> {
            again.begin();
            try {
                again.callAll(calls, DisposableTest::cleansUp);
            } finally {
                again.end();
            }
            again.run(promise.cure());
        });
        DisposedLoader disposed = again.dispose();
        if (failure != null) {
            throw RepetitionFailedException.causedBy(failure);
        }
        return disposed;
    }

    private static boolean cleansUp(Call call) {
        return AnnotationSupport.isAnnotated(call.method(), AfterEach.class);
    }

    private void lettingNothingOut(Inside action) throws Throwable {
        Throwable failure = failureOf(action);
        if (failure != null) {
            throw failure;
        }
    }

    /** Returns a copy of what is thrown inside: that itself would hold the loader. */
    private @Nullable Throwable failureOf(Inside action) {
        try {
            action.run();
            return null;
        } catch (ForeignArgumentException foreign) {
            return new ExtensionConfigurationException(
                    "@NoClassLoaderLeak: " + name.shortName() + ": " + foreign.getMessage()
                            + "; allowed are classes of the JDK and of packages that outside = {...} names");
        } catch (Throwable thrownInside) {
            return FailureCopies.copyOf(thrownInside, outer);
        }
    }

    private interface Inside {

        void run() throws Throwable;
    }
}
