package io.heapspec.internal.allocation;

import io.heapspec.internal.census.Census;

/**
 * What was read around a body, and around nothing directly before.
 *
 * @param empty what the histogram saw more of after an empty window than before, without what others allocated in it
 * @param grown the same of the body's window
 * @param bytesOfEmpty what the thread allocated in the empty window
 * @param bytes what it allocated in the body
 * @param uneven by how many bytes the histograms differ in what taking them left or took: so much may be wrong when the empty window is
 *     subtracted
 * @param oneBuffer whether no other allocation buffer was begun in the body
 * @param textLength how long the text of a histogram was, which is on the heap itself
 * @param collected whether a collection ran meanwhile
 */
public record Reading(
        Census empty,
        Census grown,
        long bytesOfEmpty,
        long bytes,
        long uneven,
        boolean oneBuffer,
        int textLength,
        boolean collected) {

    private static final Census NOTHING = new Census(new long[0], new long[0]);

    /** Returns what is known where only the thread's bytes were counted. */
    static Reading ofBytes(long bytes) {
        return new Reading(NOTHING, NOTHING, 0, bytes, 0, true, 0, false);
    }

    /** Tells whether another reading is of the same: the body allocated as many bytes, and so did the reading, evenly. */
    boolean isLike(Reading other) {
        return bytes == other.bytes && textLength == other.textLength && uneven == 0 && other.uneven == 0;
    }

    /**
     * Returns what two windows of the same body have in common: what other threads allocate meanwhile comes on top, now of this class and now of
     * that. A window with a collection says nothing beside one without.
     */
    Reading least(Reading other) {
        if (collected || other.collected) {
            return collected ? other : this;
        }
        return new Reading(
                empty.least(other.empty),
                grown.least(other.grown),
                Math.min(bytesOfEmpty, other.bytesOfEmpty),
                bytes,
                0,
                oneBuffer || other.oneBuffer,
                textLength,
                false);
    }
}
