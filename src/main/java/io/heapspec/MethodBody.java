package io.heapspec;

import io.heapspec.internal.allocation.AllocationWindow;
import io.heapspec.internal.rerun.DirectCall;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * The body of a test as something to measure: the method itself where nothing else is between us and it, so that what JUnit's reflective call
 * allocates is not counted; else what JUnit and the extensions behind us do.
 */
final class MethodBody {

    /** What JUnit hands to the last interceptor; to the others it hands the next one. */
    private static final String LAST = "ValidatingInvocation";

    /** Kotlin's suspending functions take one, which JUnit gives them. */
    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private MethodBody() {}

    static AllocationWindow.Body of(Invocation<Void> invocation, ReflectiveInvocationContext<Method> method)
            throws IllegalAccessException {
        Method executable = method.getExecutable();
        if (!isLast(invocation) || isSuspending(executable)) {
            return invocation::proceed;
        }
        DirectCall call = DirectCall.of(executable, method.getTarget().orElse(null), method.getArguments());
        invocation.skip();
        return call;
    }

    static AllocationWindow.Body of(Invocation<Void> invocation, DynamicTestInvocationContext dynamic) {
        if (!isLast(invocation)) {
            return invocation::proceed;
        }
        invocation.skip();
        return dynamic.getExecutable()::execute;
    }

    private static boolean isLast(Invocation<Void> invocation) {
        return invocation.getClass().getSimpleName().equals(LAST);
    }

    private static boolean isSuspending(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .anyMatch(type -> type.getName().equals(CONTINUATION));
    }
}
