package io.heapspec.internal.threads;

import io.heapspec.result.UncaughtException;
import java.lang.System.Logger.Level;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears of exceptions that nobody caught on the threads of a scope, as the JVM's default handler, until it is closed. Whoever was the default
 * handler before hears of them, too. Text is all that is kept.
 *
 * <p>Scopes in each other are heard once, by the inner one. Threads with a handler of their own, and code that replaces the default handler,
 * are not heard.
 *
 * <p>Thread-safe.
 */
public final class UncaughtExceptions implements UncaughtExceptionHandler, AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(UncaughtExceptions.class.getName());

    /** A thread pool that starts a new thread for each that died may go on for long. */
    private static final int MOST = 100;

    private final StartedThreads scope;
    private final @Nullable UncaughtExceptionHandler previous;
    private final List<UncaughtException> heard = new ArrayList<>();
    private volatile boolean closed;

    private UncaughtExceptions(StartedThreads scope, @Nullable UncaughtExceptionHandler previous) {
        this.scope = scope;
        this.previous = previous;
    }

    /** Listens from now on. */
    public static UncaughtExceptions of(StartedThreads scope) {
        UncaughtExceptions listener = new UncaughtExceptions(scope, Thread.getDefaultUncaughtExceptionHandler());
        Thread.setDefaultUncaughtExceptionHandler(listener);
        return listener;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable exception) {
        boolean ours = !closed && isOfScope(thread);
        if (ours) {
            hear(ExceptionText.of(thread.getName(), exception));
        }
        UncaughtExceptionHandler next = ours ? outsider() : previous;
        if (next != null) {
            next.uncaughtException(thread, exception);
        } else {
            // What the JVM itself would have printed, as text: a log may keep what it is given.
            UncaughtException text = ExceptionText.of(thread.getName(), exception);
            LOGGER.log(
                    Level.WARNING,
                    () -> "Exception in thread \"" + text.thread() + "\" " + text.exception()
                            + text.stack().stream().reduce("", (lines, frame) -> lines + "\n\tat " + frame));
        }
    }

    private boolean isOfScope(Thread thread) {
        long id = ThreadNumbers.of(thread);
        return Frames.isIn(thread.getClass().getName() + ".", "java.lang.VirtualThread")
                ? scope.hasVirtual(id)
                : scope.hasPlatform(id);
    }

    private synchronized void hear(UncaughtException exception) {
        if (heard.size() < MOST) {
            heard.add(exception);
        }
    }

    /** The next handler that is no scope around this one. */
    private @Nullable UncaughtExceptionHandler outsider() {
        UncaughtExceptionHandler next = previous;
        while (next instanceof UncaughtExceptions outer) {
            next = outer.previous;
        }
        return next;
    }

    /** Returns what was heard so far, in the order in which it happened. */
    public synchronized List<UncaughtException> heard() {
        return List.copyOf(heard);
    }

    /** Stops listening, and puts back who was the default handler before; somebody who took our place keeps it. */
    @Override
    public void close() {
        closed = true;
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(previous);
        }
    }
}
