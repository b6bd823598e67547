package io.heapspec.internal.agent;

import java.lang.reflect.Executable;
import java.util.Set;

/**
 * Code whose allocations are looked for.
 *
 * @param type the class that has it
 * @param entries the methods and constructors of the class that are called from outside while it runs; empty if any may be
 * @param withJdk whether the JDK's own code is traced, too, where it makes what is looked for: some hundred classes for an array of bytes, and as much
 *     compiled code that the JVM throws away for it
 */
public record TracedCode(Class<?> type, Set<Executable> entries, boolean withJdk) {

    public TracedCode {
        entries = Set.copyOf(entries);
    }

    /** Code that is called at some methods and constructors, and the JDK's. */
    public TracedCode(Class<?> type, Set<Executable> entries) {
        this(type, entries, true);
    }

    /** Returns the same code without the JDK's. */
    public TracedCode withoutJdk() {
        return new TracedCode(type, entries, false);
    }

    /** Any code of a class. */
    public static TracedCode anyOf(Class<?> type) {
        return new TracedCode(type, Set.of());
    }
}
