package io.heapspec.internal.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates a gzip file (RFC 1952): one member, as {@code gzip} writes it, or thousands, as HotSpot does.
 *
 * <p>{@link java.util.zip.GZIPInputStream} will not do: it takes {@code available() == 0} for the end behind a member,
 * and what is behind the last member for nothing, so a damaged dump would be read as a shorter one; nor can it say where
 * the damage is. Not thread-safe.
 */
final class GzipMembers implements AutoCloseable {
    private static final int FIRST_BYTE = 0x1F;
    private static final int SECOND_BYTE = 0x8B;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final FileChannel file;
    private final ByteBuffer input = ByteBuffer.allocate(1 << 16).limit(0);
    private final Inflater inflater = new Inflater(true);
    /** Over the header, then over what is inflated. */
    private final CRC32 checksum = new CRC32();

    private long member;
    private boolean inMember;

    /** Reads on from the position of the file. */
    GzipMembers(FileChannel file) {
        this.file = file;
    }

    /** Tells whether a file begins like a gzip member; its position stays. */
    static boolean beginIn(FileChannel file) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(2);
        return file.read(magic, 0) == 2 && magic.getChar(0) == (FIRST_BYTE << 8 | SECOND_BYTE);
    }

    /**
     * Inflates as much as a buffer has room for, of one member or of several; less only if the file ends.
     *
     * @throws HprofFormatException if the file is damaged; it gives the offset in the compressed file
     */
    void fill(ByteBuffer output) throws IOException {
        while (output.hasRemaining() && (inMember || nextMember())) {
            inflate(output);
        }
    }

    private boolean nextMember() throws IOException {
        if (!hasInput()) {
            return false;
        }
        member = offset();
        readHeader();
        checksum.reset();
        inflater.reset();
        inflater.setInput(input);
        inMember = true;
        return true;
    }

    private void readHeader() throws IOException {
        checksum.reset();
        if (u1() != FIRST_BYTE || u1() != SECOND_BYTE) {
            throw damaged("there is something else behind a gzip member than another", member);
        }
        int method = u1();
        int flags = u1();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw damaged("a gzip member has an unknown method or unknown flags", member);
        }
        skip(6); // time, speed, operating system
        if ((flags & HAS_EXTRA) != 0) {
            skip(u2());
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        int actual = (int) checksum.getValue() & 0xFFFF;
        if ((flags & HAS_HEADER_CHECKSUM) != 0 && u2() != actual) {
            throw damaged("the header of a gzip member does not match its checksum", member);
        }
    }

    private void inflate(ByteBuffer output) throws IOException {
        ByteBuffer inflated = output.duplicate();
        int count;
        try {
            count = inflater.inflate(output);
        } catch (DataFormatException e) {
            throw damaged("a gzip member cannot be inflated: " + e.getMessage(), offset());
        }
        checksum.update(inflated.limit(output.position()));
        if (inflater.finished()) {
            readTrailer();
        } else if (inflater.needsInput()) {
            requireInput();
            inflater.setInput(input);
        } else if (count == 0) {
            throw damaged("a gzip member cannot be inflated: it needs a dictionary", offset());
        }
    }

    private void readTrailer() throws IOException {
        long expected = checksum.getValue();
        if (u4() != expected) {
            throw damaged("what a gzip member holds does not match its checksum", member);
        }
        if (u4() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw damaged("what a gzip member holds is not as long as it says", member);
        }
        inMember = false;
    }

    private boolean hasInput() throws IOException {
        if (!input.hasRemaining()) {
            input.clear();
            file.read(input);
            input.flip();
        }
        return input.hasRemaining();
    }

    private void requireInput() throws IOException {
        if (!hasInput()) {
            throw damaged("it ends inside a gzip member", offset());
        }
    }

    private int u1() throws IOException {
        requireInput();
        int value = input.get() & 0xFF;
        checksum.update(value);
        return value;
    }

    private int u2() throws IOException {
        int low = u1();
        return u1() << 8 | low;
    }

    private long u4() throws IOException {
        int low = u2();
        return (long) u2() << 16 | low;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            u1();
        }
    }

    private void skipText() throws IOException {
        int last;
        do {
            last = u1();
        } while (last != 0);
    }

    private long offset() throws IOException {
        return file.position() - input.remaining();
    }

    private static HprofFormatException damaged(String defect, long position) {
        return HprofFormatException.inCompressedFile(defect, position);
    }

    /** Frees the memory of the inflater; the file stays open. */
    @Override
    public void close() {
        inflater.end();
    }
}
