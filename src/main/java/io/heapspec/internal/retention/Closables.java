package io.heapspec.internal.retention;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which classes have a way to close their instances: what has none, such as a direct buffer, is freed by the collector by design, and nobody forgot
 * anything.
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
            return AutoCloseable.class.isAssignableFrom(type) || hasEnd(type);
        } catch (ClassNotFoundException | LinkageError | SecurityException unknown) {
            return false;
        }
    }

    /** Before JDK 26, an {@code Inflater} is closed by its method {@code end}. */
    private static boolean hasEnd(Class<?> type) {
        try {
            Method end = type.getMethod("end");
            return end.getReturnType() == void.class;
        } catch (NoSuchMethodException none) {
            return false;
        }
    }
}
