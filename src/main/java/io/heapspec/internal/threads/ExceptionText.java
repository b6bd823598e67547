package io.heapspec.internal.threads;

import io.heapspec.result.UncaughtException;
import java.util.List;

/** Turns an exception into text, so that nothing of it has to be kept. What it says is the code's own, and may fail by itself. */
final class ExceptionText {

    private static final int MOST_FRAMES = 20;

    private ExceptionText() {}

    static UncaughtException of(String thread, Throwable exception) {
        return new UncaughtException(thread, firstLine(exception), stack(exception));
    }

    private static List<String> stack(Throwable exception) {
        try {
            List<String> stack = Frames.of(exception.getStackTrace());
            return stack.subList(0, Math.min(MOST_FRAMES, stack.size()));
        } catch (RuntimeException | Error ofTheException) {
            return List.of();
        }
    }

    private static String firstLine(Throwable exception) {
        String message = message(exception).lines().findFirst().orElse("");
        return exception.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    }

    private static String message(Throwable exception) {
        try {
            String message = exception.getMessage();
            return message == null ? "" : message;
        } catch (RuntimeException | Error ofTheMessage) {
            return "(its message fails with " + ofTheMessage.getClass().getName() + ")";
        }
    }
}
