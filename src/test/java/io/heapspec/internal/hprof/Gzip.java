package io.heapspec.internal.hprof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes members of gzip files with all that their headers may hold. */
public final class Gzip {
    public static final int HEADER_CHECKSUM = 2;
    public static final int EXTRA = 4;
    public static final int NAME = 8;
    public static final int COMMENT = 16;

    private Gzip() {}

    public static byte[] member(byte[] content, int flags) {
        byte[] header = header(flags);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        if ((flags & HEADER_CHECKSUM) != 0) {
            out.writeBytes(littleEndian(checksum(header), 2));
        }
        out.writeBytes(deflate(content));
        out.writeBytes(littleEndian(checksum(content), 4));
        out.writeBytes(littleEndian(content.length, 4));
        return out.toByteArray();
    }

    private static byte[] header(int flags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        if ((flags & EXTRA) != 0) {
            out.writeBytes(littleEndian(300, 2));
            out.writeBytes(new byte[300]);
        }
        if ((flags & NAME) != 0) {
            out.writeBytes("heap.hprof\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        if ((flags & COMMENT) != 0) {
            out.writeBytes("HPROF BLOCKSIZE=1048576\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    /** As HotSpot does: a comment in the first member, and as many members as it takes. */
    public static byte[] members(byte[] content, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < content.length; i += size) {
            byte[] part = Arrays.copyOfRange(content, i, Math.min(content.length, i + size));
            out.writeBytes(member(part, i == 0 ? COMMENT : 0));
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static long checksum(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return checksum.getValue();
    }

    private static byte[] littleEndian(long value, int width) {
        byte[] bytes = new byte[width];
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value).get(0, bytes);
        return bytes;
    }
}
