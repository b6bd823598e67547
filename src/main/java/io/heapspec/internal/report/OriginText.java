package io.heapspec.internal.report;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.Origin;
import java.util.ArrayList;
import java.util.List;

/** Where something was made, as lines that an IDE links to the code. */
final class OriginText {

    private static final int MOST_ORIGINS = 3;
    private static final int MOST_CALLERS = 3;
    private static final List<String> RUNNERS =
            List.of("java.lang.reflect.", "jdk.internal.reflect.", "org.junit.", "java.lang.invoke.", "io.heapspec.");

    private OriginText() {}

    /**
     * Says where something was made.
     *
     * @param made what was done there, such as {@code opened}
     * @param origins where; no line is returned if there is none
     */
    static List<String> lines(String made, List<Origin> origins) {
        List<String> lines = new ArrayList<>();
        for (Origin origin : origins.subList(0, Math.min(MOST_ORIGINS, origins.size()))) {
            List<StackTraceElement> stack = withoutRunner(origin.stack());
            lines.add((lines.isEmpty() ? made + " at " : "    or at ") + withoutModule(stack.get(0)) + " on thread \""
                    + origin.thread() + "\"");
            if (origins.size() == 1) {
                // The lines of the JDK in between are others in each of its releases.
                stack.stream()
                        .skip(1)
                        .filter(caller -> !ClassNames.isOfJdk(caller.getClassName()))
                        .limit(MOST_CALLERS)
                        .forEach(caller -> lines.add("    called from " + withoutModule(caller)));
            }
        }
        if (origins.size() > MOST_ORIGINS) {
            lines.add("    ... and " + (origins.size() - MOST_ORIGINS) + " more in the results file");
        }
        return lines;
    }

    /** As IDEs link it, and the same on every JDK. */
    private static String withoutModule(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                .toString();
    }

    /** What called the test says nothing to its reader. */
    static List<StackTraceElement> withoutRunner(List<StackTraceElement> stack) {
        List<StackTraceElement> own = stack.stream()
                .takeWhile(frame -> RUNNERS.stream().noneMatch(frame.getClassName()::startsWith))
                .toList();
        return own.isEmpty() ? stack.subList(0, Math.min(1, stack.size())) : own;
    }
}
