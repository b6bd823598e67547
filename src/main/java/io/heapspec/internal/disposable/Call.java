package io.heapspec.internal.disposable;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A call of a test class's method, by the method outside, so that it can be made in any loader.
 *
 * @param method the method of the class outside
 * @param arguments what its parameters are
 */
public record Call(Method method, List<Object> arguments) {

    /** Copies the list. */
    public Call {
        arguments = arguments.stream().toList();
    }

    /** Returns a call of a method without parameters. */
    public static Call of(Method method) {
        return new Call(method, List.of());
    }
}
