package io.heapspec.internal.sanitize;

import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.util.WriteBehind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.DoubleConsumer;

/**
 * A copy of a dump, written from front to back, in which stretches are emptied: zeros instead of what was there.
 *
 * <p>Whatever is not emptied is the same to the byte, whether understood or not. Not thread-safe.
 */
final class DumpCopy implements AutoCloseable {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    private final HprofBytes source;
    private final WriteBehind out;
    private final DoubleConsumer progress;
    private ByteBuffer buffer;
    private long done;
    private long emptied;

    /** Begins a copy; tells after each buffer which share of the dump is copied. */
    DumpCopy(HprofBytes source, WritableByteChannel target, DoubleConsumer progress) {
        this.source = source;
        this.progress = progress;
        this.out = new WriteBehind(target);
        this.buffer = out.first();
    }

    /** Copies up to a stretch and empties that; stretches have to come in the order of the file. */
    void empty(long position, long length) throws IOException {
        copyUpTo(position);
        long end = position + length;
        while (done < end) {
            int count = (int) Math.min(Math.min(end - done, roomy().remaining()), ZEROS.limit());
            buffer.put(buffer.position(), ZEROS, 0, count).position(buffer.position() + count);
            done += count;
        }
        emptied += length;
    }

    /** Copies the rest, and waits until all is written. */
    void finish() throws IOException {
        copyUpTo(source.length());
        out.exchange(buffer);
        out.finish();
        progress.accept(1);
    }

    private void copyUpTo(long end) throws IOException {
        while (done < end) {
            done += source.copy(done, end - done, roomy());
        }
    }

    private ByteBuffer roomy() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer = out.exchange(buffer);
            progress.accept((double) done / source.length());
        }
        return buffer;
    }

    /** Returns how many bytes were emptied. */
    long emptied() {
        return emptied;
    }

    @Override
    public void close() {
        out.close();
    }
}
