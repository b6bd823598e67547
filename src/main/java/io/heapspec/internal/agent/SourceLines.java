package io.heapspec.internal.agent;

import java.io.IOException;
import java.lang.reflect.Method;

/** Where methods begin in their source, as class files say. Names no class of Byte Buddy, so that it works without. */
public final class SourceLines {

    private SourceLines() {}

    /**
     * Returns a method as a stack frame at its first line, so that an IDE and a console make it a link.
     *
     * @return one without a line where the class file has none or cannot be read, and where Byte Buddy is missing
     */
    public static StackTraceElement firstOf(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        String usualFile = outermost(declaring).getSimpleName() + ".java";
        try {
            FirstLine first = FirstLine.of(method);
            String file = first.source() == null ? usualFile : first.source();
            return new StackTraceElement(declaring.getName(), method.getName(), file, first.line());
        } catch (IOException | IllegalArgumentException | LinkageError unreadable) {
            return new StackTraceElement(declaring.getName(), method.getName(), usualFile, -1);
        }
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type : outermost(enclosing);
    }
}
