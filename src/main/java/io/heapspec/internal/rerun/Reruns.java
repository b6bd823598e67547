package io.heapspec.internal.rerun;

import io.heapspec.internal.protocol.BodyRunner;
import io.heapspec.internal.protocol.Repetition;
import io.heapspec.internal.protocol.RepetitionFailedException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * How one test can be run again. Made when the test starts, told of its invocation when that happens.
 *
 * <p>The launcher is an optional dependency: where it is missing, only the body can be repeated.
 */
public final class Reruns {

    /** Configuration parameter that tells a nested run that it repeats a test. Private to HeapSpec. */
    public static final String MARK = "heapspec.internal.rerun";

    private static final AtomicReference<@Nullable BodyRunner> RUNNER = new AtomicReference<>();

    private final ExtensionContext context;
    private @Nullable Method method;
    private @Nullable Object target;
    private List<Object> arguments = List.of();

    public Reruns(ExtensionContext context) {
        this.context = context;
    }

    /** Tells whether a context belongs to a run that repeats a test. */
    public static boolean isRepetition(ExtensionContext context) {
        return context.getConfigurationParameter(MARK).isPresent();
    }

    /** Returns how many tests the user's run has started; 0 where that is not known. */
    public static long startedTests() {
        return isLauncherPresent() ? RunObserver.startedTests() : 0;
    }

    /**
     * Returns who is to run the body of the test that is repeated now; null if the framework is.
     *
     * <p>Static, since a nested run shares nothing else with the one it repeats a test of. Only one test is repeated at a time.
     */
    public static @Nullable BodyRunner bodyRunner() {
        return RUNNER.get();
    }

    /** Lets somebody else run the body whenever the test is repeated. */
    public static Repetition running(Repetition repetition, BodyRunner runner) {
        return () -> {
            RUNNER.set(runner);
            try {
                repetition.run();
            } finally {
                RUNNER.set(null);
            }
        };
    }

    /** Keeps how the first run invoked the test. */
    public void invoked(Method invokedMethod, @Nullable Object onTarget, List<Object> withArguments) {
        method = invokedMethod;
        target = onTarget;
        arguments = withArguments;
    }

    /** Repeats the whole life cycle; if that cannot be done from the first time on, the body. */
    public Repetition wholeLifeCycle() {
        Repetition body = body();
        return isLauncherPresent() ? new Fallback(new LauncherRepetition(context.getUniqueId()), body) : body;
    }

    /** Repeats the body between its before-each and after-each methods. */
    public Repetition body() {
        Method known = method;
        if (known == null) {
            return () -> {
                throw new RepetitionFailedException("it is not known how its method was invoked");
            };
        }
        return new BodyRepetition(context, new BodyRepetition.Invocation(known, target, arguments));
    }

    /**
     * Returns what JUnit calls of the test's class when the test runs: its method, what comes before and after it, and the constructors. Those of an
     * inner class are left out, for they name the class around it, which has other tests.
     */
    public Set<Executable> entries() {
        Class<?> type = context.getRequiredTestClass();
        Set<Executable> entries = new HashSet<>();
        entries.add(context.getRequiredTestMethod());
        for (Class<? extends Annotation> each :
                List.of(BeforeAll.class, BeforeEach.class, AfterEach.class, AfterAll.class)) {
            entries.addAll(AnnotationSupport.findAnnotatedMethods(type, each, HierarchyTraversalMode.TOP_DOWN));
        }
        if (!type.isMemberClass() || Modifier.isStatic(type.getModifiers())) {
            entries.addAll(List.of(type.getDeclaredConstructors()));
        }
        return entries;
    }

    private static boolean isLauncherPresent() {
        try {
            Class.forName("org.junit.platform.launcher.core.LauncherFactory", false, Reruns.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }

    /** Uses the second way for good if the first one fails the first time. */
    private static final class Fallback implements Repetition {

        private final Repetition second;
        private Repetition chosen;
        private boolean proved;

        Fallback(Repetition first, Repetition second) {
            this.second = second;
            this.chosen = first;
        }

        @Override
        public void run() throws RepetitionFailedException {
            try {
                chosen.run();
            } catch (RepetitionFailedException failed) {
                if (proved) {
                    throw failed;
                }
                chosen = second;
                runSecond(failed);
            }
            proved = true;
        }

        private void runSecond(RepetitionFailedException first) throws RepetitionFailedException {
            try {
                second.run();
            } catch (RepetitionFailedException failed) {
                throw new RepetitionFailedException(first.getMessage() + "; its body alone: " + failed.getMessage());
            }
        }
    }
}
