package io.heapspec.internal.rerun;

import io.heapspec.internal.allocation.AllocationWindow;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a test method without reflection: what a framework's reflective call allocates, at the first call above all, is not the test's.
 *
 * <p>Everything the call needs is made before it, so that an empty method allocates nothing. Make a new one for each measured call: a method
 * handle that is called often is compiled anew, which allocates.
 */
public final class DirectCall implements AllocationWindow.Body {

    private final MethodHandle handle;

    private DirectCall(MethodHandle handle) {
        this.handle = handle;
    }

    /**
     * Prepares a call.
     *
     * @param method the method
     * @param target what it is called on; null for a static method
     * @param arguments its arguments
     * @throws IllegalAccessException if the method cannot be made accessible
     */
    public static DirectCall of(Method method, @Nullable Object target, List<?> arguments)
            throws IllegalAccessException {
        method.trySetAccessible();
        MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
        if (target != null) {
            handle = handle.bindTo(target);
        }
        handle = MethodHandles.insertArguments(handle, 0, arguments.toArray());
        return new DirectCall(handle.asType(MethodType.methodType(void.class)));
    }

    /** Returns a call of a method that does nothing; calling it links what all calls share. */
    public static DirectCall ofNothing() {
        try {
            return of(Nothing.class.getDeclaredMethod("run"), new Nothing(), List.of());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run() throws Throwable {
        handle.invokeExact();
    }

    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }
}
