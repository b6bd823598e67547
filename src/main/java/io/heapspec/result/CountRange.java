package io.heapspec.result;

/**
 * A count that is known to lie between two numbers, both included. Where the witnesses agree, they are the same.
 *
 * @param least the smallest it can be
 * @param most the largest
 * @since 0.1
 */
public record CountRange(long least, long most) {

    /** Returns a count that is certain. */
    public static CountRange exactly(long count) {
        return new CountRange(count, count);
    }

    /** Tells whether the count is certain. */
    public boolean isExact() {
        return least == most;
    }

    /** Tells whether it is at most so many in any case. */
    public boolean isWithin(long limit) {
        return most <= limit;
    }

    /** Tells whether it is less than so many in any case. */
    public boolean isBelow(long limit) {
        return most < limit;
    }

    /** Tells whether it is more than so many in any case. */
    public boolean exceeds(long limit) {
        return least > limit;
    }
}
