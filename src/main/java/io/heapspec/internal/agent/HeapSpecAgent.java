package io.heapspec.internal.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** What {@code -javaagent:heapspec.jar} starts: it changes nothing until call sites are asked for. */
public final class HeapSpecAgent {

    private static volatile @Nullable Instrumentation given;

    private HeapSpecAgent() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        given = instrumentation;
    }

    /** Returns what the JVM was started with; null if it was started without this agent. */
    static @Nullable Instrumentation given() {
        return given;
    }
}
