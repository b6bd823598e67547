package io.heapspec.internal.protocol;

/** Tells which classes a limit is about. */
@FunctionalInterface
public interface ClassFilter {

    /** Every class. */
    ClassFilter EVERYTHING = className -> Answer.YES;

    /**
     * Tells whether the limit is about objects of a class.
     *
     * @param className as Java source writes it; lambdas and hidden classes without their numbers
     */
    Answer includes(String className);

    /** Whether a class belongs to those that are meant. */
    enum Answer {
        YES,
        NO,
        /** It cannot be loaded by its name, as hidden classes cannot. */
        UNKNOWN
    }
}
