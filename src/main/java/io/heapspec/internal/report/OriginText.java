package io.heapspec.internal.report;

import io.heapspec.result.LiveThread;
import io.heapspec.result.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where something was made, and what a thread is doing, as lines that an IDE links to the code. */
final class OriginText {

    private static final int MOST_ORIGINS = 3;
    private static final int MOST_CALLERS = 3;
    private static final int MOST_FRAMES = 6;
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
                stack.subList(1, Math.min(stack.size(), 1 + MOST_CALLERS))
                        .forEach(caller -> lines.add("    called from " + withoutModule(caller)));
            }
        }
        if (origins.size() > MOST_ORIGINS) {
            lines.add("    ... and " + (origins.size() - MOST_ORIGINS) + " more in the results file");
        }
        return lines;
    }

    /** Says what a thread is doing. */
    static List<String> lines(LiveThread thread) {
        List<String> lines = new ArrayList<>();
        String state = thread.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        lines.add("thread \"" + thread.name() + "\"" + (thread.daemon() ? ", a daemon," : "") + " is " + state
                + (thread.stack().isEmpty() ? "" : ":"));
        List<StackTraceElement> shown = telling(thread.stack());
        shown.forEach(frame -> lines.add("    at " + withoutModule(frame)));
        return lines;
    }

    /** Where it is, and by which code outside the JDK it came there; how the JDK waits tells nothing. */
    private static List<StackTraceElement> telling(List<StackTraceElement> stack) {
        List<StackTraceElement> telling = new ArrayList<>();
        for (StackTraceElement frame : stack) {
            if (telling.size() < MOST_FRAMES && (telling.isEmpty() || !isOfJdk(frame) && !isMadeByJdk(frame))) {
                telling.add(frame);
            }
        }
        return telling.size() > 1 ? telling : stack.subList(0, Math.min(MOST_FRAMES, stack.size()));
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        String name = frame.getModuleName();
        return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
    }

    /** A lambda's class has no line of its own. */
    private static boolean isMadeByJdk(StackTraceElement frame) {
        return frame.getFileName() == null && frame.getClassName().contains("$$Lambda");
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
