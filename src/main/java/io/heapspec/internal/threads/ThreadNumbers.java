package io.heapspec.internal.threads;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the JVM gives to threads, in the order in which they are made, and never twice. A number tells a thread apart without
 * keeping it.
 */
final class ThreadNumbers {

    /** The number of a thread whose class says what it is. */
    static final long UNKNOWN = -1;

    /** {@code Thread.threadId()}, which no subclass can override; from JDK 19 on. */
    private static final @Nullable MethodHandle THREAD_ID = threadId();

    private ThreadNumbers() {}

    /** Returns a number between those of the threads made so far, and those made later. */
    static long next() {
        return of(new Thread(() -> {}));
    }

    /** Returns the number of a thread; {@link #UNKNOWN} where its class makes it up. */
    @SuppressWarnings("deprecation") // the only way before JDK 19
    static long of(Thread thread) {
        if (THREAD_ID == null) {
            return isOverridden(thread.getClass()) ? UNKNOWN : thread.getId();
        }
        try {
            return (long) THREAD_ID.invokeExact(thread);
        } catch (Throwable neverThrown) {
            throw new IllegalStateException(neverThrown);
        }
    }

    private static boolean isOverridden(Class<?> type) {
        try {
            Method getId = type.getMethod("getId");
            return getId.getDeclaringClass() != Thread.class;
        } catch (NoSuchMethodException | LinkageError unknown) {
            return true;
        }
    }

    private static @Nullable MethodHandle threadId() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "threadId", MethodType.methodType(long.class));
        } catch (NoSuchMethodException | IllegalAccessException beforeJdk19) {
            return null;
        }
    }
}
