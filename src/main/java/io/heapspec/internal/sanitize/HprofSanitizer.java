package io.heapspec.internal.sanitize;

import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.util.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Copies a heap dump without the data that the program worked on, so that it can be kept or given away.
 *
 * <p>Emptied, that is filled with zeros, are the contents of all arrays of primitives, and so all strings; texts
 * that name no class, no field and nothing in a stack frame, as string literals in the source do; and each {@code int} field {@code hash} of an instance, for a short secret can be found from the hash that a string, or the entry
 * of a map it is a key of, has of it. {@link Rules} may say more. All else is the same to the byte: classes, sizes,
 * references, roots, threads with their frames, and the position of each record. An analysis of references finds in
 * the copy what it finds in the original.
 *
 * <p><b>Limits:</b> names of classes, fields and of methods in stack frames stay, and so do other primitive fields ({@code int pin}), unless
 * the rules say otherwise; a number may also show in the structure (the length of an array, the place in a hash table).
 *
 * <p>Immutable and safe for several threads.
 *
 * @since 0.1
 */
public final class HprofSanitizer {
    /**
     * What to empty beyond arrays, texts and hashes.
     *
     * @param primitiveFields whether to empty all primitive fields, of instances and of classes, and primitive constants
     * @since 0.1
     */
    public record Rules(boolean primitiveFields) {}

    /**
     * What was done.
     *
     * @param objects number of objects in the dump: instances, arrays and class objects
     * @param arrays number of arrays of primitives, all of them emptied
     * @param emptiedBytes how many bytes of arrays, texts and fields were filled with zeros
     * @since 0.1
     */
    public record Result(long objects, long arrays, long emptiedBytes) {}

    private final Rules rules;

    /** Creates a sanitizer for any number of dumps. */
    public HprofSanitizer(Rules rules) {
        this.rules = rules;
    }

    /** Copies a dump like {@link #copy(Path, Path, DoubleConsumer, StandardCopyOption...)}, and tells nothing meanwhile. */
    public Result copy(Path source, Path target, StandardCopyOption... options) throws IOException {
        return copy(source, target, share -> {}, options);
    }

    /**
     * Copies a dump into a file that only its owner can read, and which is there only when it is complete.
     *
     * @param source the dump, which may be compressed with gzip
     * @param target the copy; compressed with gzip if its name ends with {@code .gz}
     * @param progress is told from time to time which share of the dump is copied, from 0 to 1
     * @param options {@link StandardCopyOption#REPLACE_EXISTING}, or nothing
     * @throws FileAlreadyExistsException if there is a target that is not to be replaced
     * @throws HprofFormatException if the dump is damaged
     * @throws IOException if it cannot be read, or the copy cannot be written; nothing is left of the copy
     * @throws IllegalArgumentException if there is any other option
     */
    public Result copy(Path source, Path target, DoubleConsumer progress, StandardCopyOption... options)
            throws IOException {
        boolean replace = isToBeReplaced(options);
        if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path part = target.resolveSibling(target.getFileName() + "-" + UUID.randomUUID() + ".part");
        try (HprofBytes bytes = HprofBytes.map(source)) {
            Result result = write(bytes, part, target.toString().endsWith(".gz"), progress);
            if (replace) {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(part, target);
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            deletePart(part, e);
            throw e;
        }
    }

    private static boolean isToBeReplaced(StandardCopyOption... options) {
        for (StandardCopyOption option : options) {
            if (option != StandardCopyOption.REPLACE_EXISTING) {
                throw new IllegalArgumentException(option + " is not REPLACE_EXISTING");
            }
        }
        return options.length > 0;
    }

    private static void deletePart(Path part, Throwable cause) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private Result write(HprofBytes source, Path part, boolean compressed, DoubleConsumer progress) throws IOException {
        try (FileChannel file = PrivateFiles.create(part)) {
            if (!compressed) {
                return copy(source, file, progress);
            }
            try (WritableByteChannel gzip = Channels.newChannel(new FastGzip(Channels.newOutputStream(file)))) {
                return copy(source, gzip, progress);
            }
        }
    }

    /**
     * Writes a copy of a dump to a channel, which stays open.
     *
     * @throws HprofFormatException if the dump is damaged; part of the copy may have been written
     * @throws IOException if the copy cannot be written
     */
    public Result copy(HprofBytes source, WritableByteChannel target) throws IOException {
        return copy(source, target, share -> {});
    }

    private Result copy(HprofBytes source, WritableByteChannel target, DoubleConsumer progress) throws IOException {
        try {
            // Classes may come behind their instances, so they are looked for first.
            DumpOutline outline = DumpOutline.of(source);
            try (DumpCopy copy = new DumpCopy(source, target, progress)) {
                return new SanitizingPass(source, outline, rules, copy).run();
            }
        } catch (HprofFormatException e) {
            throw source.located(e);
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
