package io.heapspec.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/**
 * What the first bytes of a dump say, which opening it has checked.
 *
 * @param format for instance {@code JAVA PROFILE 1.0.2}
 * @param gzip whether it is compressed
 * @param identifierBytes the width of an address
 * @param fileBytes the size of the file
 * @param dumpedAt when it was written
 */
record DumpFile(String format, boolean gzip, int identifierBytes, long fileBytes, Instant dumpedAt) {
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int LONGEST_FORMAT = 32;

    static DumpFile read(Path dump) throws IOException {
        boolean gzip = isGzip(dump);
        try (InputStream file = Files.newInputStream(dump);
                InputStream plain = gzip ? new GZIPInputStream(file) : new BufferedInputStream(file);
                DataInputStream header = new DataInputStream(plain)) {
            ByteArrayOutputStream format = new ByteArrayOutputStream();
            for (int c = header.read(); c > 0 && format.size() < LONGEST_FORMAT; c = header.read()) {
                format.write(c);
            }
            int identifierBytes = header.readInt();
            Instant dumpedAt = Instant.ofEpochMilli(header.readLong());
            return new DumpFile(
                    format.toString(StandardCharsets.US_ASCII), gzip, identifierBytes, Files.size(dump), dumpedAt);
        }
    }

    private static boolean isGzip(Path dump) throws IOException {
        try (InputStream file = Files.newInputStream(dump)) {
            return (file.read() << 8 | file.read()) == GZIP_MAGIC;
        }
    }
}
