package io.heapspec;

import io.heapspec.Configuration.Scope;
import io.heapspec.internal.disposable.Call;
import io.heapspec.internal.protocol.BodyRunner;
import io.heapspec.internal.protocol.ThreadPlan;
import io.heapspec.internal.rerun.Reruns;
import io.heapspec.result.PauseLimit;
import io.heapspec.result.Trace;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Keeps the promises that HeapSpec's annotations make. Registered by the annotations; with JUnit's extension autodetection also for
 * tests that know nothing of it, where it does nothing unless {@link Configuration#NOLEAK_PROPERTY_NAME} says so.
 *
 * <p>Thread-safe: state is in the store of each test.
 *
 * @since 0.1
 */
public final class HeapSpecExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                InvocationInterceptor,
                ParameterResolver,
                TestInstancePreDestroyCallback {

    private static final Namespace NAMESPACE = Namespace.create(HeapSpecExtension.class);
    private static final String SEEN = "seen";

    /** What is judged when a test has ended, in this order: repetitions come after what the test itself has left. */
    private static final List<Class<? extends JudgedAtEnd>> PROMISES = List.of(
            TracedTest.class,
            PausedTest.class,
            WatchedTest.class,
            DisposableTest.class,
            JudgedTest.class,
            LimitedTest.class);

    /** Opens the scope of a class before every {@code @BeforeAll}. JUnit closes it with the store, after every {@code @AfterAll}. */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (!Reruns.isRepetition(context)) {
            promiseNoThreadLeak(context, context.getRequiredTestClass());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (store(context).get(SEEN) != null) {
            return;
        }
        // An extension that is registered twice is asked twice.
        store(context).put(SEEN, true);
        Configuration configuration = new Configuration(context::getConfigurationParameter);
        boolean disposable = promiseNoClassLoaderLeak(context, configuration);
        if (Reruns.isRepetition(context)) {
            return;
        }
        promiseNoThreadLeak(context, context.getRequiredTestMethod());
        boolean paused = limitPauses(context, configuration);
        if (!captureTrace(context, configuration) && !paused) {
            promiseNoLeak(context, configuration);
        }
        AllocationPromise promise = new AllocationPlans(configuration).of(context);
        if (promise != null && disposable) {
            throw new ExtensionConfigurationException("@NoClassLoaderLeak on " + context.getRequiredTestMethod()
                    + " excludes @MaxAllocations: loading classes allocates; measure in a test of its own");
        }
        if (promise != null && paused) {
            throw new ExtensionConfigurationException("@MaxGcPauses on " + context.getRequiredTestMethod()
                    + " excludes @MaxAllocations: counting allocations collects; measure in a test of its own");
        }
        if (promise != null) {
            store(context).put(LimitedTest.class, new LimitedTest(session(context), context, configuration, promise));
        }
    }

    /** Tells whether the test is recorded; then it is not judged for leaks, since a recording is growth. */
    private static boolean captureTrace(ExtensionContext context, Configuration configuration) {
        TracePlan plan = TracePlan.of(context);
        if (plan != null) {
            TracedTest test = new TracedTest(context, configuration, plan);
            store(context).put(TracedTest.class, test);
            test.start();
        }
        return plan != null;
    }

    /** Tells whether pauses are limited; then the test is not judged for leaks, since a recording is growth. */
    private static boolean limitPauses(ExtensionContext context, Configuration configuration) {
        PauseLimit limit = PauseLimits.of(context);
        if (limit != null) {
            store(context).put(PausedTest.class, new PausedTest(session(context), context, configuration, limit));
        }
        return limit != null;
    }

    /** Tells whether the test runs in a class loader of its own; a repetition of it does, too. */
    private static boolean promiseNoClassLoaderLeak(ExtensionContext context, Configuration configuration) {
        LoaderPromise promise = new LoaderPlans(configuration).of(context);
        if (promise == null) {
            return false;
        }
        store(context)
                .put(
                        DisposableTest.class,
                        new DisposableTest(() -> session(context), context, store(context), configuration, promise));
        return true;
    }

    /** @param element the test, or the class itself: a scope around others watches over them all */
    private static void promiseNoThreadLeak(ExtensionContext context, AnnotatedElement element) {
        Optional<NoThreadLeak> promise = AnnotationSupport.findAnnotation(element, NoThreadLeak.class);
        boolean open = store(context).get(ThreadScope.class) instanceof ThreadScope known && known.isOf(context);
        if (promise.isPresent() && !open) {
            Configuration configuration = new Configuration(context::getConfigurationParameter);
            ThreadPlan plan = new ThreadPlans(configuration).of(promise.get(), element);
            store(context).put(ThreadScope.class, new ThreadScope(session(context), context, configuration, plan));
        }
    }

    private static void promiseNoLeak(ExtensionContext context, Configuration configuration) {
        Scope scope = configuration.scope();
        if (scope == Scope.OFF) {
            return;
        }
        LeakPromise promise = LeakPromise.of(context, configuration, () -> session(context));
        if (promise != null) {
            Session session = session(context);
            JudgedTest test = new JudgedTest(session, context, configuration, promise);
            store(context).put(JudgedTest.class, test);
            test.start();
        } else if (scope == Scope.EVERYWHERE) {
            store(context).put(JudgedTest.class, session(context).window().besideOthers());
        }
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Class<?> testClass = context.getRequiredTestClass();
        if (LoaderPlans.onClass(testClass) == null) {
            invocation.proceed();
        } else {
            invocation.skip();
            LifeCycles.keepBeforeAll(
                    store(context), testClass, new Call(method.getExecutable(), method.getArguments()));
        }
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (LoaderPlans.onClass(context.getRequiredTestClass()) == null) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        callInside(invocation, method, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        callInside(invocation, method, context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LeakWatcher.class || type == Trace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Trace.class
                ? trace(parameter, context)
                : leakWatcher(parameter, context);
    }

    private static Trace trace(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isPresent() && store(context).get(TracedTest.class) instanceof TracedTest test) {
            return test.trace();
        }
        throw new ParameterResolutionException("Trace is a parameter of " + parameter.getDeclaringExecutable()
                + "; allowed are test methods, @BeforeEach and @AfterEach of tests with @CaptureTrace");
    }

    private static LeakWatcher leakWatcher(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("LeakWatcher is a parameter of "
                    + parameter.getDeclaringExecutable()
                    + "; allowed are test methods, @BeforeEach and @AfterEach: it is checked after each test");
        }
        return store(context)
                .getOrComputeIfAbsent(
                        WatchedTest.class, key -> new WatchedTest(() -> session(context), context), WatchedTest.class)
                .watcher();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runMethod(invocation, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runMethod(invocation, method, context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invoked(method, context);
        return invocation.proceed();
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
            throws Throwable {
        if (store(context).get(LimitedTest.class) instanceof LimitedTest factory) {
            factory.runDynamic(invocation, dynamic, context.getUniqueId());
        } else if (store(context).get(PausedTest.class) instanceof PausedTest factory) {
            factory.runDynamic(invocation::proceed, context.getUniqueId());
        } else {
            invocation.proceed();
        }
    }

    /**
     * Judges after every {@code @AfterEach}, where what is thrown becomes the test's result as it is. Instances that a whole class shares
     * are not destroyed with the test; then closing judges.
     */
    @Override
    public void preDestroyTestInstance(ExtensionContext context) {
        conclude(context, 0);
    }

    /** A test that breaks one promise is judged by the others, too. */
    private static void conclude(ExtensionContext context, int first) {
        if (first == PROMISES.size()) {
            return;
        }
        try {
            if (store(context).get(PROMISES.get(first)) instanceof JudgedAtEnd test) {
                test.judgeAndConclude();
            }
        } catch (RuntimeException | Error failure) {
            addOthers(context, first + 1, failure);
            throw failure;
        }
        conclude(context, first + 1);
    }

    private static void addOthers(ExtensionContext context, int first, Throwable failure) {
        try {
            conclude(context, first);
        } catch (RuntimeException | Error too) {
            failure.addSuppressed(too);
        }
    }

    private static void runMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invoked(method, context);
        LimitedTest limited = store(context).get(LimitedTest.class, LimitedTest.class);
        BodyRunner runner = Reruns.isRepetition(context) ? Reruns.bodyRunner() : null;
        if (limited != null) {
            limited.run(invocation, method);
        } else if (runner != null) {
            runner.run(MethodBody.of(invocation, method));
        } else if (store(context).get(PausedTest.class) instanceof PausedTest paused) {
            paused.run(() -> callInside(invocation, method, context));
        } else {
            callInside(invocation, method, context);
        }
    }

    private static void callInside(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (store(context).get(DisposableTest.class) instanceof DisposableTest test) {
            invocation.skip();
            test.call(method);
        } else {
            invocation.proceed();
        }
    }

    private static void invoked(ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        if (store(context).get(JudgedTest.class) instanceof JudgedTest test) {
            test.invoked(method);
        }
    }

    private static Session session(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Session.class, key -> new Session(), Session.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
