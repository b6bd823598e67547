package io.heapspec.internal.hprof;

/**
 * Walks over the outer records of a heap dump: texts, loaded classes, stacks and heap segments.
 *
 * <p>After {@link #next()} returned true the other methods describe the current record, whose body is known to lie
 * inside the file. Not thread-safe.
 *
 * @since 0.1
 */
public final class RecordCursor {
    /** A text: identifier, then UTF-8 bytes. */
    public static final int UTF8 = 0x01;
    /** A loaded class: serial, class object, stack serial, name. */
    public static final int LOAD_CLASS = 0x02;
    /** A stack frame: identifier, method, signature, source file, class serial, line. */
    public static final int STACK_FRAME = 0x04;
    /** A stack trace: serial, thread serial, number of frames, frames. */
    public static final int STACK_TRACE = 0x05;
    /** All objects, in one record. */
    public static final int HEAP_DUMP = 0x0C;
    /** Some of the objects. */
    public static final int HEAP_DUMP_SEGMENT = 0x1C;
    /** The end of all segments. */
    public static final int HEAP_DUMP_END = 0x2C;

    private static final int HEADER_LENGTH = 9;

    private final HprofBytes bytes;
    private long next;
    private int tag;
    private long position;
    private long end;
    private boolean openEnded;
    private boolean anyHeap;
    private boolean segmented;
    private boolean ended;

    /** Creates a cursor before the first record. */
    public RecordCursor(HprofBytes bytes) {
        this.bytes = bytes;
        this.next = bytes.firstRecord();
    }

    /**
     * Moves to the next record.
     *
     * @return false at the end of the file
     * @throws HprofFormatException if the record does not fit into the file
     */
    public boolean next() throws HprofFormatException {
        long left = bytes.length() - next;
        if (left == 0) {
            return false;
        }
        if (left < HEADER_LENGTH) {
            throw new HprofFormatException("it ends inside the header of a record", next);
        }
        position = next;
        tag = bytes.u1(position);
        end = endOfBody(bytes.u4(position + 5));
        if (end > bytes.length()) {
            throw new HprofFormatException(
                    "a record of " + (end - body()) + " bytes does not fit into the " + (bytes.length() - body())
                            + " bytes left",
                    position);
        }
        next = end;
        anyHeap |= isHeap();
        segmented |= tag == HEAP_DUMP_SEGMENT;
        ended |= tag == HEAP_DUMP_END;
        return true;
    }

    /**
     * Checks, once all records were read, that the dump has a heap, and all of its segments.
     *
     * @throws HprofFormatException if not
     */
    public void requireComplete() throws HprofFormatException {
        if (segmented && !ended) {
            throw new HprofFormatException("it ends before its last heap segment", bytes.length());
        }
        if (!anyHeap) {
            throw new HprofFormatException("it contains no heap", bytes.length());
        }
    }

    /**
     * One single HEAP_DUMP record may be longer than its 32-bit length can say: then the length has lost a multiple of
     * 4 GiB, or it is zero and the record reaches to the end of the file.
     */
    private long endOfBody(long length) {
        openEnded = tag == HEAP_DUMP && length == 0;
        if (openEnded) {
            return bytes.length();
        }
        long left = bytes.length() - body() - length;
        long lost = tag == HEAP_DUMP && left > 0 ? left & ~0xFFFF_FFFFL : 0;
        return body() + length + lost;
    }

    /** Returns the kind of the record. */
    public int tag() {
        return tag;
    }

    /** Returns where the record begins. */
    public long position() {
        return position;
    }

    /** Returns where the body of the record begins. */
    public long body() {
        return position + HEADER_LENGTH;
    }

    /** Returns where the body of the record ends. */
    public long end() {
        return end;
    }

    /** Tells whether this is a heap dump of unknown length, to be read up to the first byte that is no heap record. */
    public boolean openEnded() {
        return openEnded;
    }

    /** Tells whether the record is a heap dump, or a segment of one. */
    public boolean isHeap() {
        return tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT;
    }

    /** Continues behind the records of a segment, all of which were read: only then the end of an open-ended one is known. */
    public void leave(HeapRecordCursor segment) {
        if (openEnded) {
            next = segment.end();
        }
    }

    /**
     * Checks that the current record has a body of at least this many bytes.
     *
     * @throws HprofFormatException if it is shorter
     */
    public void requireBody(long length) throws HprofFormatException {
        if (end - body() < length) {
            throw new HprofFormatException(
                    "a record of kind 0x" + Integer.toHexString(tag) + " has only " + (end - body()) + " of " + length
                            + " bytes",
                    position);
        }
    }
}
