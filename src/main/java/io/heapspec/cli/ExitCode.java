package io.heapspec.cli;

/** What the command line tells scripts; contract, and described in {@code docs/cli.md}. */
final class ExitCode {
    /** All went well. */
    static final int OK = 0;
    /** Something was found that the command was told to fail on. */
    static final int FOUND = 1;
    /** An option or argument is wrong. */
    static final int USAGE = 2;
    /** A file cannot be read or written, or is damaged. */
    static final int FILE = 3;
    /** There is not enough memory. */
    static final int MEMORY = 4;
    /** HeapSpec itself has a defect. */
    static final int DEFECT = 5;

    private ExitCode() {}
}
