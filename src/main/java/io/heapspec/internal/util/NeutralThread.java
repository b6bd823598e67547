package io.heapspec.internal.util;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs something on a thread that has nothing of the one that asks: not its context class loader, nor what it passes on in thread locals. For what starts
 * threads of its own, which would keep both for as long as they live.
 */
public final class NeutralThread {

    private NeutralThread() {}

    /**
     * Begins to run something.
     *
     * @return its result, or what it threw
     */
    public static <T> CompletableFuture<T> start(String name, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Throwable failed) {
                        result.completeExceptionally(failed);
                    }
                },
                name,
                0,
                false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return result;
    }

    /** Runs something, waits for it, and throws what it throws. */
    public static <T> T call(String name, Callable<T> task) throws Exception {
        try {
            return start(name, task).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Exception failed) {
                throw failed;
            } else if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
