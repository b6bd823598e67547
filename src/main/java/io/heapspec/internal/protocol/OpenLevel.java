package io.heapspec.internal.protocol;

/**
 * What is open.
 *
 * @param files how many file descriptors
 * @param cleaners how many cleaners are registered, each for an object that may be gone
 */
record OpenLevel(long files, long cleaners) {

    boolean isAbove(OpenLevel other) {
        return files > other.files || cleaners > other.cleaners;
    }
}
