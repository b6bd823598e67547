package io.heapspec.internal.report;

/** The text of a promise that is broken or undecided. It stands alone, since build tools print nothing else. */
public interface FailureText {

    /** Returns the first line. */
    String headline();

    /** Returns the whole message. */
    String text();

    /** Returns what was promised, as a table with the rows of {@link #actual()}: for the comparison window of an IDE. */
    String expected();

    /** Returns what was found, as a table. */
    String actual();
}
