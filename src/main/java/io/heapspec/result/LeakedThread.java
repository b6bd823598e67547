package io.heapspec.result;

import java.util.List;

/**
 * A thread that is alive although it was expected to have ended. Text and numbers only: it keeps neither the thread nor its class loader.
 *
 * @param id its number in this JVM
 * @param name its name; empty for a virtual thread that has none
 * @param state what it is doing, as {@link Thread.State} names it
 * @param daemon whether it lets the JVM end
 * @param virtual whether it is a virtual thread
 * @param group name of its thread group; empty where that is not known
 * @param owner what it works for
 * @param inNative whether it is in native code
 * @param stack its frames, topmost first, each as {@code com.acme.Csv.join(Csv.java:31)}
 * @since 0.1
 */
public record LeakedThread(
        long id,
        String name,
        String state,
        boolean daemon,
        boolean virtual,
        String group,
        ThreadOwner owner,
        boolean inNative,
        List<String> stack) {

    public LeakedThread {
        stack = List.copyOf(stack);
    }
}
