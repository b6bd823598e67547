package io.heapspec.internal.report;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.LeakedThread;
import java.util.List;
import java.util.stream.Stream;

/** A thread for a reader: what it is, what it works for, and where it is. */
final class ThreadText {

    private static final int MOST_FRAMES = 5;

    private ThreadText() {}

    /** Returns one line: {@code "pool-1-thread-1" (#31), WAITING, thread of an executor}. */
    static String line(LeakedThread thread) {
        return name(thread) + " (#" + thread.id() + "), " + doing(thread);
    }

    /** Returns the same of one that stands for others like it, whose number says nothing. */
    static String lineOfAny(LeakedThread thread) {
        return name(thread) + ", " + doing(thread);
    }

    private static String name(LeakedThread thread) {
        return thread.name().isEmpty() ? "(no name)" : '"' + escaped(thread.name()) + '"';
    }

    private static String doing(LeakedThread thread) {
        return thread.state()
                + (thread.inNative() ? " in native code" : "")
                + (thread.virtual() ? ", virtual" : thread.daemon() ? ", daemon" : "")
                + (isUsual(thread.group()) ? "" : ", group \"" + escaped(thread.group()) + '"')
                + owner(thread);
    }

    /** Returns its first frame, and those below that are outside the JDK; where there are none, its first frames. */
    static List<String> frames(LeakedThread thread) {
        List<String> stack = thread.stack();
        List<String> outside =
                stack.stream().skip(1).filter(ThreadText::isOutsideTheJdk).toList();
        return (outside.isEmpty()
                        ? stack.stream()
                        : Stream.concat(stack.stream().limit(1), outside.stream()))
                .limit(MOST_FRAMES)
                .toList();
    }

    private static String owner(LeakedThread thread) {
        return switch (thread.owner()) {
            case EXECUTOR -> ", thread of an executor";
            case SCHEDULER -> ", thread of a scheduled executor";
            case FORK_JOIN_POOL -> ", worker of a ForkJoinPool";
            case TIMER -> ", thread of a java.util.Timer";
            case CLEANER -> ", thread of a java.lang.ref.Cleaner";
            case HTTP_CLIENT -> ", thread of a java.net.http.HttpClient";
            case NOBODY -> "";
        };
    }

    private static boolean isUsual(String group) {
        return group.isEmpty() || group.equals("main") || group.equals("VirtualThreads");
    }

    /** The class that the JDK makes of a lambda has no line of its own, and another name in every run. */
    private static boolean isOutsideTheJdk(String frame) {
        return !ClassNames.isOfJdk(frame) && !frame.contains("$$Lambda");
    }

    /** A name may hold anything; a message has its lines. */
    private static String escaped(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
