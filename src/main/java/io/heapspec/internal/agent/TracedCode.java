package io.heapspec.internal.agent;

import java.lang.reflect.Executable;
import java.util.Set;

/**
 * Code whose allocations are looked for.
 *
 * @param type the class that has it
 * @param entries the methods and constructors of the class that are called from outside while it runs; empty if any may be
 */
public record TracedCode(Class<?> type, Set<Executable> entries) {

    public TracedCode {
        entries = Set.copyOf(entries);
    }

    /** Any code of a class. */
    public static TracedCode anyOf(Class<?> type) {
        return new TracedCode(type, Set.of());
    }
}
