package io.heapspec.internal.hprof;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a heap dump, and at which byte.
 *
 * @since 0.1
 */
public final class HprofFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long position;

    /**
     * Creates an exception for one defect.
     *
     * @param defect what is wrong, as the end of a sentence without its full stop
     * @param position offset in the file, in bytes, of the record concerned
     */
    public HprofFormatException(String defect, long position) {
        this(defect, position, null);
    }

    private HprofFormatException(String defect, long position, @Nullable Throwable cause) {
        super(defect, cause);
        this.position = position;
    }

    /** Creates an exception for a defect of the compression. */
    static HprofFormatException inCompressedFile(String defect, long position) {
        return new HprofFormatException(defect + " (offset in the compressed file)", position);
    }

    /** Returns the same for a dump that was compressed, saying that the offset is not one in the file. */
    HprofFormatException inInflatedDump() {
        return new HprofFormatException(getMessage() + " (offset in the inflated dump)", position, this);
    }

    /**
     * Returns the offset, in bytes, of the record that is wrong. It counts in the file; if that is compressed, the message
     * says whether in the compressed file or in the inflated dump.
     */
    public long position() {
        return position;
    }
}
