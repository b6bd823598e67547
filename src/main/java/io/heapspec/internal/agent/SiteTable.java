package io.heapspec.internal.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the methods that have lines, and the classes that are allocated, for code that knows them only by number. Numbers start at 1, and are small
 * enough to be pushed without a constant: what is added to a class's constants is compared with all others whenever it is redefined.
 *
 * <p>Thread-safe: classes are loaded, and instrumented, by any thread.
 */
final class SiteTable {

    /** A site has room for no more methods, and no more lines. */
    private static final int MOST = (1 << AllocationRecorder.LINE_BITS) - 1;

    /** A method, or a line, that has no number: what it allocates belongs to the line that called it. */
    static final int NONE = 0;

    private final List<StackTraceElement> methods = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final Map<String, Integer> numberOfType = new HashMap<>();

    /** Gives a method a number, {@link #NONE} if there is none left. */
    synchronized int method(String className, String name, @Nullable String source) {
        if (methods.size() == MOST) {
            return NONE;
        }
        methods.add(new StackTraceElement(className, name, source, -1));
        return methods.size();
    }

    /** Tells whether a line fits into a site. */
    static boolean isSmall(int line) {
        return line <= MOST;
    }

    /**
     * Returns the number of a class with its kind.
     *
     * @param name as {@link Class#getTypeName()} has it
     */
    synchronized int type(String name, int kind) {
        int number = numberOfType.computeIfAbsent(name, added -> {
            types.add(added);
            return types.size();
        });
        return number << AllocationRecorder.KIND_BITS | kind;
    }

    /** Returns the line of a site. */
    synchronized StackTraceElement line(int site) {
        StackTraceElement method = methods.get((site >>> AllocationRecorder.LINE_BITS) - 1);
        return new StackTraceElement(method.getClassName(), method.getMethodName(), method.getFileName(), site & MOST);
    }

    /** Returns the name of the class with a number. */
    synchronized String typeName(int type) {
        return types.get((type >> AllocationRecorder.KIND_BITS) - 1);
    }
}
