package io.heapspec.heap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread that was alive when the heap was dumped.
 *
 * @param serial its serial number, as used by {@link GcRoot}
 * @param object the {@link Thread} object
 * @param name its name, or an empty string when the dump does not tell
 * @param frames its stack, innermost call first; empty when the dump does not tell
 * @since 0.1
 */
public record ThreadInfo(int serial, int object, String name, List<Frame> frames) {
    /** Copies the list. */
    public ThreadInfo {
        frames = List.copyOf(frames);
    }

    /**
     * One call on a thread's stack.
     *
     * @param className the class in Java form
     * @param methodName the method
     * @param sourceFile the source file, if known
     * @param line the line, or a number below 1: unknown (-1), compiled (-2), native (-3)
     */
    public record Frame(
            String className, String methodName, @Nullable String sourceFile, int line) {
        /** Returns the call as in a stack trace: {@code com.acme.Foo.run(Foo.java:33)}. */
        @Override
        public String toString() {
            String file = sourceFile == null ? "Unknown Source" : sourceFile;
            String place = line == -3 ? "Native Method" : line > 0 ? file + ":" + line : file;
            return className + "." + methodName + "(" + place + ")";
        }
    }
}
