package io.heapspec.internal.protocol;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/**
 * Which classes have a way to close their instances: what has none, such as a direct buffer, is freed by the collector by design, and nobody forgot
 * anything.
 */
final class Closables {

    private final Map<String, Boolean> known = new HashMap<>();

    /** Tells whether the instances of a class can be closed; not, if the thread that asks knows no such class. */
    boolean isClosable(String className) {
        return known.computeIfAbsent(className, Closables::look);
    }

    private static boolean look(String className) {
        try {
            Class<?> type =
                    Class.forName(className, false, Thread.currentThread().getContextClassLoader());
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
