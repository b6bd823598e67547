package io.heapspec.internal.hprof;

import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.PrivateFiles;
import io.heapspec.internal.util.WriteBehind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Inflates a compressed dump into a temporary file, because what reads a dump goes back and forth in it.
 *
 * <p>Only the owner can read the file. On Unix it has no name from before its first byte on, elsewhere it is deleted when
 * its channel is closed: nothing is left behind, not even if the JVM is killed.
 */
final class Inflation {
    private static final long CHECK_EVERY = 16L << 20;
    /** So that others that write to the same disk need not stop. A dump shorter than one step is tried in any case. */
    private static final long LEFT_TO_OTHERS = 64L << 20;

    private final Path folder;
    private final LongSupplier space;
    private long inflated;
    private long nextCheck = CHECK_EVERY;

    /** Is called after each buffer. */
    @FunctionalInterface
    private interface Step {
        void done() throws IOException;
    }

    /** Inflates into a folder. */
    Inflation(Path folder) {
        this(folder, () -> folder.toFile().getUsableSpace());
    }

    /** Inflates into a folder where so many bytes are left, or 0 if that is unknown. */
    Inflation(Path folder, LongSupplier space) {
        this.folder = folder;
        this.space = space;
    }

    /** Inflates into the folder that {@code java.io.tmpdir} names. */
    static Inflation inTemporaryFolder() {
        return new Inflation(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Inflates a file, once.
     *
     * @param progress is told from time to time which share of the file is inflated
     * @return what was inflated; the file is gone when this is closed
     * @throws HprofFormatException if it is damaged, or holds no heap dump
     * @throws IOException if it cannot be read, or there is not enough room for what it holds
     */
    FileChannel inflate(FileChannel compressed, DoubleConsumer progress) throws IOException {
        FileChannel target = create();
        try (GzipMembers members = new GzipMembers(compressed);
                WriteBehind out = new WriteBehind(target)) {
            double length = compressed.size();
            copy(members, out, () -> progress.accept(compressed.position() / length));
            return target;
        } catch (IOException | RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }

    private FileChannel create() throws IOException {
        Path file = folder.resolve("heapspec-" + UUID.randomUUID() + ".hprof");
        try {
            return PrivateFiles.create(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new IOException("no file can be made in " + temporaryFolder() + ": " + e, e);
        }
    }

    private void copy(GzipMembers members, WriteBehind out, Step step) throws IOException {
        ByteBuffer buffer = out.first();
        members.fill(buffer);
        requireHeader(buffer);
        while (buffer.position() > 0) {
            requireSpace();
            inflated += buffer.position();
            buffer = write(out, buffer);
            members.fill(buffer);
            step.done();
        }
        write(out, buffer);
    }

    /** Looks at the header at once: what is no dump need not fill the disk first. */
    private static void requireHeader(ByteBuffer start) throws HprofFormatException {
        try {
            HprofBytes.of(start.duplicate().flip()).close();
        } catch (HprofFormatException e) {
            throw e.inInflatedDump();
        }
    }

    /** An empty buffer is the last. */
    private ByteBuffer write(WriteBehind out, ByteBuffer buffer) throws IOException {
        try {
            if (buffer.position() > 0) {
                return out.exchange(buffer);
            }
            out.finish();
            return buffer;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw noRoom(space.getAsLong(), e);
        }
    }

    private void requireSpace() throws IOException {
        if (inflated >= nextCheck) {
            nextCheck = inflated + CHECK_EVERY;
            long left = space.getAsLong();
            // 0 where it cannot be found out; a disk that is full refuses the next write.
            if (left > 0 && left < LEFT_TO_OTHERS) {
                throw noRoom(left, null);
            }
        }
    }

    private IOException noRoom(long left, @Nullable IOException cause) {
        return new IOException(
                "it cannot be inflated further than to " + Bytes.exact(inflated) + ", for there are "
                        + Bytes.exact(left) + " left in " + temporaryFolder()
                        + (cause == null ? "" : ": " + cause.getMessage()),
                cause);
    }

    private String temporaryFolder() {
        return "the temporary folder " + folder + " (-Djava.io.tmpdir=... names another)";
    }
}
