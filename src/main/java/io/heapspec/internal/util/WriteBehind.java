package io.heapspec.internal.util;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes one buffer on a thread of its own while the other is filled. Used by one thread.
 *
 * <pre>{@code
 * try (WriteBehind out = new WriteBehind(channel)) {
 *     ByteBuffer buffer = out.first();
 *     while (fill(buffer)) {
 *         buffer = out.exchange(buffer);
 *     }
 *     out.finish();
 * }
 * }</pre>
 */
public final class WriteBehind implements AutoCloseable {
    private static final int BUFFER_SIZE = 1 << 18;

    private final WritableByteChannel target;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(WriteBehind::daemon);
    private ByteBuffer other = ByteBuffer.allocate(BUFFER_SIZE);
    private Future<?> writing = CompletableFuture.completedFuture(null);

    public WriteBehind(WritableByteChannel target) {
        this.target = target;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "heapspec-write-behind");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the buffer to fill first. */
    public ByteBuffer first() {
        return ByteBuffer.allocate(BUFFER_SIZE);
    }

    /**
     * Takes a buffer that was filled, to be written, and returns the one to fill next.
     *
     * @throws IOException if the one before could not be written
     */
    public ByteBuffer exchange(ByteBuffer filled) throws IOException {
        await();
        ByteBuffer empty = other.clear();
        other = filled.flip();
        writing = writer.submit(() -> write(filled));
        return empty;
    }

    /**
     * Waits until all is written.
     *
     * @throws IOException if it could not be
     */
    public void finish() throws IOException {
        await();
    }

    private @Nullable Void write(ByteBuffer filled) throws IOException {
        while (filled.hasRemaining()) {
            target.write(filled);
        }
        return null;
    }

    private void await() throws IOException {
        try {
            writing.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing");
        }
    }

    /** Gives up what is not written yet, and waits for the thread to end. The channel stays open, but for what an interrupt does. */
    @Override
    public void close() {
        writer.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = writer.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
