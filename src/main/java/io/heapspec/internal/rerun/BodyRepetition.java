package io.heapspec.internal.rerun;

import io.heapspec.internal.protocol.BodyRunner;
import io.heapspec.internal.protocol.Repetition;
import io.heapspec.internal.protocol.RepetitionFailedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Runs the body of a test again on the same instance, between its {@code @BeforeEach} and {@code @AfterEach} methods. Needs no launcher;
 * other extensions do not see it.
 */
final class BodyRepetition implements Repetition {

    private final ExecutableInvoker invoker;
    private final Invocation invocation;
    private final List<Method> before;
    private final List<Method> after;

    BodyRepetition(ExtensionContext context, Invocation invocation) {
        this.invoker = context.getExecutableInvoker();
        this.invocation = invocation;
        Class<?> type = context.getRequiredTestClass();
        before = AnnotationSupport.findAnnotatedMethods(type, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN);
        after = AnnotationSupport.findAnnotatedMethods(type, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP);
    }

    @Override
    public void run() throws RepetitionFailedException {
        try {
            before.forEach(method -> invoker.invoke(method, invocation.target()));
            try {
                runBody();
            } finally {
                after.forEach(method -> invoker.invoke(method, invocation.target()));
            }
        } catch (InvocationTargetException failed) {
            throw RepetitionFailedException.causedBy(failed.getTargetException());
        } catch (RepetitionFailedException failed) {
            throw failed;
        } catch (Throwable failed) {
            throw RepetitionFailedException.causedBy(failed);
        }
    }

    private void runBody() throws Throwable {
        BodyRunner runner = Reruns.bodyRunner();
        if (runner != null) {
            runner.run(DirectCall.of(invocation.method(), invocation.target(), invocation.arguments()));
        } else {
            runDynamic(invocation.invoke());
        }
    }

    /** A test factory's body is the tests that it makes. */
    private static void runDynamic(@Nullable Object made) throws Throwable {
        if (made instanceof DynamicTest test) {
            test.getExecutable().execute();
        } else if (made instanceof DynamicContainer container) {
            try (Stream<? extends DynamicNode> children = container.getChildren()) {
                runAll(children);
            }
        } else if (made instanceof Stream<?> stream) {
            try (stream) {
                runAll(stream);
            }
        } else if (made instanceof Iterable<?> nodes) {
            for (Object node : nodes) {
                runDynamic(node);
            }
        } else if (made instanceof Object[] nodes) {
            for (Object node : nodes) {
                runDynamic(node);
            }
        } else if (made instanceof Iterator<?> nodes) {
            while (nodes.hasNext()) {
                runDynamic(nodes.next());
            }
        }
    }

    private static void runAll(Stream<?> nodes) throws Throwable {
        runDynamic(nodes.iterator());
    }

    /**
     * The invocation of a test method as the first run made it.
     *
     * @param method the test method
     * @param target the test instance; null for a static method
     * @param arguments what its parameters were resolved to
     */
    record Invocation(Method method, @Nullable Object target, List<Object> arguments) {

        @Nullable
        Object invoke() throws ReflectiveOperationException {
            method.trySetAccessible();
            return method.invoke(target, arguments.toArray());
        }
    }
}
