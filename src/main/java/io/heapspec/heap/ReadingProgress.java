package io.heapspec.heap;

import java.nio.file.Path;

/**
 * Is told how far the reading of a dump is, for somebody who waits:
 *
 * <pre>{@code
 * HeapGraph.open(dump, (file, step, share) -> System.err.printf("%s: %.0f %%%n", file, 100 * share));
 * }</pre>
 *
 * <p>It is called on the thread that reads, a few hundred times at most for each GiB, and what it throws ends the reading.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReadingProgress {
    /** What is done with a dump. */
    enum Step {
        /** A compressed dump is inflated into a temporary file. */
        INFLATING,
        /** Its records are read. */
        READING
    }

    /**
     * Tells how far a step is.
     *
     * @param dump the dump that is read
     * @param step what is done with it
     * @param share how much of the file is done, from 0 to 1; a dump whose classes come behind their objects is read twice
     */
    void isAt(Path dump, Step step, double share);
}
