package io.heapspec.internal.util;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A text file in UTF-8 that several threads, and several JVMs, change: under a lock, so that no change is lost. */
public final class LockedText {

    private LockedText() {}

    /**
     * Reads a file, and writes what comes of it; makes it where there is none.
     *
     * @param <E> what the change may throw; then the file stays as it is
     */
    public static <E extends Exception> void rewrite(Path file, Change<E> change) throws IOException, E {
        synchronized (LockedText.class) {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                String old = decoded(Channels.newInputStream(channel).readAllBytes());
                ByteBuffer text = StandardCharsets.UTF_8.encode(change.of(old));
                int size = text.remaining();
                channel.position(0);
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.truncate(size);
            }
        }
    }

    /**
     * Reads UTF-8.
     *
     * @throws CharacterCodingException if it is anything else
     */
    public static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Makes a new text of the old one. */
    @FunctionalInterface
    public interface Change<E extends Exception> {
        String of(String old) throws E;
    }
}
