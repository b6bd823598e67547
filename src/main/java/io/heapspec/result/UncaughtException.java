package io.heapspec.result;

import java.util.List;

/**
 * What a background thread died of. Text only: the exception would keep values of the test.
 *
 * @param thread name of the thread
 * @param exception the exception with its message, in one line
 * @param stack where it was thrown, topmost frame first, each as {@code com.acme.Csv.join(Csv.java:31)}
 * @since 0.1
 */
public record UncaughtException(String thread, String exception, List<String> stack) {

    public UncaughtException {
        stack = List.copyOf(stack);
    }
}
