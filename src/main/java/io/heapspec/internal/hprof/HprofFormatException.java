package io.heapspec.internal.hprof;

import java.io.IOException;

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
        super(defect);
        this.position = position;
    }

    /** Returns the offset in the file, in bytes, of the record that is wrong. */
    public long position() {
        return position;
    }
}
