package io.heapspec.internal.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives random access to the bytes of a heap dump of any size, mapped into memory and not copied to the Java heap.
 *
 * <p>A file is mapped in pieces of 1 GiB. Each piece overlaps the next by a few bytes, so that a number on the border
 * is read in one go. Reading outside the file throws {@link IndexOutOfBoundsException}: callers check lengths first.
 *
 * <p>A dump that is compressed with gzip is inflated into a temporary file first, which takes as much disk space as the
 * dump is long. On Unix it has no name; elsewhere it is deleted when this is closed. Whether a dump is compressed is told
 * from its first bytes, not from its name.
 *
 * <p>Immutable until closed and safe for reading by several threads. {@link #close()} forgets the mapping; Java 17 has
 * no supported way to unmap at once, so the operating system's file stays in use (on Windows: cannot be deleted) and
 * keeps its space until the garbage collector finds the buffers. The file descriptor itself is closed as soon as the file is mapped,
 * that of a temporary file by {@link #close()}.
 *
 * @since 0.1
 */
public final class HprofBytes implements AutoCloseable {
    private static final int SEGMENT_SHIFT = 30;
    private static final int SEGMENT_SIZE = 1 << SEGMENT_SHIFT;
    private static final int SEGMENT_MASK = SEGMENT_SIZE - 1;
    private static final int OVERLAP = Long.BYTES - 1;

    private final long length;
    private final int headerLength;
    private final int idSize;
    /** How far before an identifier the eight bytes begin that end with it. */
    private final int idLead;

    private final long idMask;
    /** The temporary file of a compressed dump; Windows deletes it when this is closed, and Unix has done so already. */
    private final @Nullable FileChannel inflated;

    private ByteBuffer[] segments;

    private HprofBytes(ByteBuffer[] segments, long length, @Nullable FileChannel inflated) throws HprofFormatException {
        this.segments = segments;
        this.length = length;
        this.inflated = inflated;
        int versionLength = HprofHeader.versionLength(this);
        this.idSize = HprofHeader.idSize(this, versionLength);
        this.idLead = Long.BYTES - idSize;
        this.idMask = -1L >>> idLead * 8;
        this.headerLength = versionLength + HprofHeader.LENGTH_AFTER_VERSION;
    }

    /**
     * Maps a heap dump, which may be compressed with gzip, and reads its header.
     *
     * @throws HprofFormatException if the file does not begin like a heap dump, or its compression is damaged
     * @throws IOException if the file cannot be read, or there is no room to inflate it
     */
    public static HprofBytes map(Path file) throws IOException {
        return map(file, share -> {});
    }

    /**
     * Maps a heap dump like {@link #map(Path)}, and tells from time to time which share of it is inflated, if it has to be.
     *
     * @param inflating is told a share from 0 to 1
     * @throws HprofFormatException if the file does not begin like a heap dump, or its compression is damaged
     * @throws IOException if the file cannot be read, or there is no room to inflate it
     */
    public static HprofBytes map(Path file, DoubleConsumer inflating) throws IOException {
        return map(file, Inflation.inTemporaryFolder(), inflating);
    }

    static HprofBytes map(Path file, Inflation inflation, DoubleConsumer inflating) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (GzipMembers.beginIn(channel)) {
                return mapInflated(inflation.inflate(channel, inflating));
            }
            return new HprofBytes(segments(channel), channel.size(), null);
        }
    }

    private static HprofBytes mapInflated(FileChannel inflated) throws IOException {
        try {
            return new HprofBytes(segments(inflated), inflated.size(), inflated);
        } catch (IOException | RuntimeException | Error e) {
            inflated.close();
            throw e;
        }
    }

    private static ByteBuffer[] segments(FileChannel channel) throws IOException {
        long length = channel.size();
        ByteBuffer[] segments = new ByteBuffer[(int) ((length + SEGMENT_MASK) >>> SEGMENT_SHIFT)];
        for (int i = 0; i < segments.length; i++) {
            long start = (long) i << SEGMENT_SHIFT;
            segments[i] = channel.map(MapMode.READ_ONLY, start, Math.min(SEGMENT_SIZE + OVERLAP, length - start));
        }
        return segments;
    }

    /**
     * Reads a heap dump of at most 1 GiB that is in memory already.
     *
     * @throws HprofFormatException if it does not begin like a heap dump
     */
    public static HprofBytes of(ByteBuffer dump) throws HprofFormatException {
        if (dump.limit() > SEGMENT_SIZE) {
            throw new IllegalArgumentException("the dump is longer than 1 GiB");
        }
        return new HprofBytes(new ByteBuffer[] {dump.asReadOnlyBuffer()}, dump.limit(), null);
    }

    /** Returns the length of the file in bytes. */
    public long length() {
        return length;
    }

    /** Returns the position of the first record. */
    public long firstRecord() {
        return headerLength;
    }

    /** Returns the width of an object identifier in bytes: 4 or 8. */
    public int idSize() {
        return idSize;
    }

    /** Returns the unsigned byte at a position. */
    public int u1(long position) {
        return segments[(int) (position >>> SEGMENT_SHIFT)].get((int) position & SEGMENT_MASK) & 0xFF;
    }

    /** Returns the unsigned two-byte number at a position. */
    public int u2(long position) {
        return segments[(int) (position >>> SEGMENT_SHIFT)].getChar((int) position & SEGMENT_MASK);
    }

    /** Returns the signed four-byte number at a position. */
    public int i4(long position) {
        return segments[(int) (position >>> SEGMENT_SHIFT)].getInt((int) position & SEGMENT_MASK);
    }

    /** Returns the unsigned four-byte number at a position. */
    public long u4(long position) {
        return i4(position) & 0xFFFF_FFFFL;
    }

    /** Returns the eight-byte number at a position. */
    public long i8(long position) {
        return segments[(int) (position >>> SEGMENT_SHIFT)].getLong((int) position & SEGMENT_MASK);
    }

    /** Returns the object identifier at a position; 0 stands for {@code null}. */
    public long id(long position) {
        // One way for both widths: half the code to compile wherever identifiers are read. The header is longer than
        // the lead.
        return i8(position - idLead) & idMask;
    }

    /**
     * Copies bytes out of the file.
     *
     * @param position where to begin
     * @param target where to copy to; its length says how many bytes
     */
    public void copy(long position, byte[] target) {
        int done = 0;
        while (done < target.length) {
            ByteBuffer segment = segments[(int) (position + done >>> SEGMENT_SHIFT)];
            int offset = (int) (position + done) & SEGMENT_MASK;
            int count = Math.min(target.length - done, segment.limit() - offset);
            segment.get(offset, target, done, count);
            done += count;
        }
    }

    /**
     * Copies some of a stretch of the file, as much as a mapped piece and a buffer allow.
     *
     * @return how many bytes, at least one if there is room for one
     */
    public int copy(long position, long length, ByteBuffer target) {
        ByteBuffer segment = segments[(int) (position >>> SEGMENT_SHIFT)];
        int offset = (int) position & SEGMENT_MASK;
        int count = (int) Math.min(length, Math.min(target.remaining(), segment.limit() - offset));
        target.put(target.position(), segment, offset, count).position(target.position() + count);
        return count;
    }

    /** Returns the exception to throw for a defect found in these bytes: it says which file its offset is one in. */
    public HprofFormatException located(HprofFormatException defect) {
        return inflated == null ? defect : defect.inInflatedDump();
    }

    /** Forgets the mapping; later reads fail. */
    @Override
    public void close() {
        segments = Arrays.copyOf(segments, 0);
        if (inflated != null) {
            try {
                inflated.close();
            } catch (IOException e) {
                // All was written and read before; the operating system deletes the file when the JVM ends.
            }
        }
    }
}
