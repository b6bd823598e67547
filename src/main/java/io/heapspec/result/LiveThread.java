package io.heapspec.result;

import java.util.List;

/**
 * A thread that did not end, as it was when the heap was dumped: one that stands for all like it.
 *
 * @param name its name
 * @param state its state, as in {@link Thread.State}
 * @param daemon whether it is a daemon
 * @param stack what it was doing, the innermost call first
 * @since 0.1
 */
public record LiveThread(String name, Thread.State state, boolean daemon, List<StackTraceElement> stack) {

    public LiveThread {
        stack = List.copyOf(stack);
    }
}
