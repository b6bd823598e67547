package io.heapspec.internal.disposable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run of a test in a loader of its own: the instance's twin is made and its methods are called there, with the loader as the thread's
 * context class loader meanwhile.
 *
 * <p>What is thrown inside is thrown on as it is; whoever lets it out has to copy it, for it holds the loader.
 *
 * <p>Not thread-safe, but may be used by one thread after the other.
 */
public final class DisposableRun {

    private final LifeCycle lifeCycle;
    private final AtomicInteger classes = new AtomicInteger();
    private @Nullable DisposableLoader loader;
    private final List<Object> instances = new ArrayList<>();

    /**
     * Makes a loader, and nothing in it yet.
     *
     * @param name the test's
     * @param outer what loads the classes that stay outside
     * @param outside packages that stay outside
     * @param lifeCycle what belongs to the test's instance
     */
    public DisposableRun(String name, ClassLoader outer, OutsidePackages outside, LifeCycle lifeCycle) {
        this.lifeCycle = lifeCycle;
        loader = new DisposableLoader(name, outer, outside, classes);
    }

    /** Makes the instance, and calls what comes before all tests: static methods before that, the instance's own afterwards. */
    public void begin() throws Throwable {
        inside(twins -> {
            for (Object outer : lifeCycle.instances()) {
                twins.fillStatics(outer.getClass());
            }
            callAll(twins, lifeCycle.before(), true);
            Object enclosing = null;
            for (Object outer : lifeCycle.instances()) {
                enclosing = twins.newTwin(outer, enclosing);
                twins.fill(outer, enclosing);
                instances.add(enclosing);
            }
            callAll(twins, lifeCycle.before(), false);
        });
    }

    /** Calls a method of the test class. */
    public void call(Call call) throws Throwable {
        inside(twins -> call(twins, call));
    }

    /**
     * Calls methods of the test class in order. After one that fails, only those are called that clean up.
     *
     * @throws Throwable what the first one threw that failed
     */
    public void callAll(List<Call> calls, Predicate<Call> cleansUp) throws Throwable {
        Throwable failure = null;
        for (Call call : calls) {
            if (failure == null || cleansUp.test(call)) {
                try {
                    call(call);
                } catch (Throwable thrown) {
                    failure = failure == null ? thrown : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Calls what comes after all tests. */
    public void end() throws Throwable {
        inside(twins -> {
            callAll(twins, lifeCycle.after(), false);
            callAll(twins, lifeCycle.after(), true);
        });
    }

    /** Makes a new instance of a class inside, and runs it. */
    public void run(Class<? extends Runnable> outer) throws Throwable {
        inside(twins -> {
            Constructor<?> constructor = twins.of(outer).getDeclaredConstructor();
            constructor.setAccessible(true);
            ((Runnable) constructor.newInstance()).run();
        });
    }

    /** Lets go of the loader and all that is in it. */
    public DisposedLoader dispose() {
        DisposedLoader disposed = new DisposedLoader(current(), classes.get());
        loader = null;
        instances.clear();
        return disposed;
    }

    private DisposableLoader current() {
        DisposableLoader known = loader;
        if (known == null) {
            throw new IllegalStateException("the loader is disposed");
        }
        return known;
    }

    private void callAll(Twins twins, List<Call> calls, boolean statics) throws Throwable {
        for (Call call : calls) {
            if (Modifier.isStatic(call.method().getModifiers()) == statics) {
                call(twins, call);
            }
        }
    }

    private void call(Twins twins, Call call) throws Throwable {
        Method twin = twins.of(call.method());
        try {
            twin.invoke(targetOf(twin), call.arguments().toArray());
        } catch (IllegalArgumentException notOfThisLoader) {
            throw new ForeignArgumentException(call.method());
        }
    }

    /** Methods of enclosing classes belong to the enclosing instances. */
    private @Nullable Object targetOf(Method twin) {
        for (int i = instances.size() - 1; i >= 0; i--) {
            if (twin.getDeclaringClass().isInstance(instances.get(i))) {
                return instances.get(i);
            }
        }
        return null;
    }

    private void inside(Step step) throws Throwable {
        DisposableLoader own = current();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(own);
        try {
            step.take(new Twins(own));
        } catch (InvocationTargetException thrownInside) {
            throw thrownInside.getTargetException();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private interface Step {

        void take(Twins twins) throws Throwable;
    }
}
