package io.heapspec.result;

import java.util.List;

/**
 * Where something was made, as one repetition with instrumented code saw it.
 *
 * @param thread name of the thread that made it
 * @param stack the line first, then its callers
 * @since 0.1
 */
public record Origin(String thread, List<StackTraceElement> stack) {

    public Origin {
        stack = List.copyOf(stack);
    }
}
