package io.heapspec.internal.retention;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which classes have a way to close their instances: what has none, such as a direct buffer, is freed by the collector by design, and nobody forgot
 * anything.
 *
 * <p>A service is none of these, though it can be closed: an executor, an HTTP client. Its {@code close} is there to wait until the work is done, it
 * came with JDK 19 and 21 to classes that were dropped without it before, and the JDK ends their threads when nobody can give them work any more.
 * Threads that do not end are found as threads.
 */
final class Closables {

    private final @Nullable ClassLoader loader;
    private final Map<String, Boolean> known = new HashMap<>();

    /** @param loader where classes are looked up; null for those of the JDK */
    Closables(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** Tells whether the instances of a class can be closed; not, if the loader knows no such class. */
    boolean isClosable(String className) {
        return known.computeIfAbsent(className, this::look);
    }

    private boolean look(String className) {
        try {
            Class<?> type = Class.forName(className, false, loader);
            // Before JDK 26, an Inflater is closed by its method end.
            return AutoCloseable.class.isAssignableFrom(type) && !canDo("shutdown", type) || canDo("end", type);
        } catch (ClassNotFoundException | LinkageError | SecurityException unknown) {
            return false;
        }
    }

    private static boolean canDo(String name, Class<?> type) {
        try {
            Method method = type.getMethod(name);
            return method.getReturnType() == void.class;
        } catch (NoSuchMethodException none) {
            return false;
        }
    }
}
