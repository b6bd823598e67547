package io.heapspec.internal.census;

import java.util.function.IntPredicate;

/**
 * How many objects of each class a histogram counted, and how many bytes they have.
 *
 * <p>Immutable once read. Class ids are those of the {@link ClassTable} the histogram was read with; a class that was not in the
 * histogram counts 0.
 */
public final class Census {

    private final long[] counts;
    private final long[] bytes;

    public Census(long[] counts, long[] bytes) {
        this.counts = counts;
        this.bytes = bytes;
    }

    /** Returns how many objects of this class there are. */
    public long count(int classId) {
        return classId < counts.length ? counts[classId] : 0;
    }

    /** Returns the shallow size of all objects of this class together, in bytes. */
    public long bytes(int classId) {
        return classId < bytes.length ? bytes[classId] : 0;
    }

    /** Returns the shallow size of all objects together, in bytes. */
    public long totalBytes() {
        long total = 0;
        for (long size : bytes) {
            total += size;
        }
        return total;
    }

    /** Returns the sum of this census and another, class by class. */
    public Census plus(Census other) {
        int limit = Math.max(limit(), other.limit());
        long[] sumOfCounts = new long[limit];
        long[] sumOfBytes = new long[limit];
        for (int id = 0; id < limit; id++) {
            sumOfCounts[id] = count(id) + other.count(id);
            sumOfBytes[id] = bytes(id) + other.bytes(id);
        }
        return new Census(sumOfCounts, sumOfBytes);
    }

    /** Returns what this census has more than another, class by class; where it has less, 0. */
    public Census minus(Census other) {
        long[] moreObjects = new long[limit()];
        long[] moreBytes = new long[limit()];
        for (int id = 0; id < limit(); id++) {
            moreObjects[id] = Math.max(0, counts[id] - other.count(id));
            moreBytes[id] = Math.max(0, bytes[id] - other.bytes(id));
        }
        return new Census(moreObjects, moreBytes);
    }

    /** Returns the lesser of this census and another, class by class. */
    public Census least(Census other) {
        int limit = Math.min(limit(), other.limit());
        long[] fewerObjects = new long[limit];
        long[] fewerBytes = new long[limit];
        for (int id = 0; id < limit; id++) {
            fewerObjects[id] = Math.min(counts[id], other.count(id));
            fewerBytes[id] = Math.min(bytes[id], other.bytes(id));
        }
        return new Census(fewerObjects, fewerBytes);
    }

    /** Returns the greater of this census and another, class by class. */
    public Census most(Census other) {
        return plus(other.minus(this));
    }

    /** Returns this census with 0 for the classes that a predicate names. */
    public Census without(IntPredicate classIds) {
        Census rest = copy();
        for (int id = 0; id < rest.limit(); id++) {
            if (classIds.test(id)) {
                rest.counts[id] = 0;
                rest.bytes[id] = 0;
            }
        }
        return rest;
    }

    /** Returns another census of the same figures. */
    public Census copy() {
        return new Census(counts.clone(), bytes.clone());
    }

    /** Returns one more than the largest class id that may count something. */
    public int limit() {
        return counts.length;
    }
}
