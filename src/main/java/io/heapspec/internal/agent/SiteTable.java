package io.heapspec.internal.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the lines that allocate and the classes that are allocated, for code that knows them only by number. Numbers start at 1.
 *
 * <p>Thread-safe: classes are loaded, and instrumented, by any thread.
 */
final class SiteTable {

    private final List<StackTraceElement> lines = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final Map<String, Integer> numberOfType = new HashMap<>();

    /** Gives a line a number; one that is asked for twice has two. */
    synchronized int site(StackTraceElement line) {
        lines.add(line);
        return lines.size();
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

    /** Returns the line with a number. */
    synchronized StackTraceElement line(int site) {
        return lines.get(site - 1);
    }

    /** Returns the name of the class with a number. */
    synchronized String typeName(int type) {
        return types.get((type >> AllocationRecorder.KIND_BITS) - 1);
    }
}
