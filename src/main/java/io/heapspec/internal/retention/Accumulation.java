package io.heapspec.internal.retention;

import java.util.List;

/**
 * A place where something piles up: the highest path that grows while what holds it does not.
 *
 * @param node the path of what piles up; for references, that of the array that holds them
 * @param besides paths beside it by which more of the same is reached, as the end of a doubly linked list is by its last link
 * @param growth objects, references or bytes that were added
 * @param bytes bytes that were added at this path and below it
 * @param unit what was added
 */
record Accumulation(int node, List<Integer> besides, long growth, long bytes, Unit unit) {

    /** What is added where something piles up. */
    enum Unit {
        /** New objects. */
        OBJECTS,
        /** References to objects that were there. */
        REFERENCES,
        /** Length, and thus bytes, of primitive arrays that are replaced by longer ones. */
        BYTES
    }

    boolean referencesOnly() {
        return unit == Unit.REFERENCES;
    }

    boolean bytesOnly() {
        return unit == Unit.BYTES;
    }

    /** Returns by how many objects, references or bytes it grew between two dumps. */
    long growth(PathCounts before, PathCounts after) {
        return switch (unit) {
            case REFERENCES -> after.elements(node) - before.elements(node);
            case BYTES -> after.bytes(node) - before.bytes(node);
            case OBJECTS ->
                after.objects(node)
                        - before.objects(node)
                        + besides.stream()
                                .mapToLong(each -> after.objects(each) - before.objects(each))
                                .sum();
        };
    }

    /**
     * Tells whether an array becomes longer in the way of one that is only ever added to, and not one of any length in turn: by as much in
     * every run, or by a good part of itself, once its length is what all runs so far took.
     *
     * @param runs between the first two dumps
     * @param runsLater between the last two
     */
    boolean lengthens(PathCounts before, PathCounts after, PathCounts later, int runs, int runsLater) {
        double rate = (double) growth(before, after) / runs;
        double rateLater = (double) growth(after, later) / runsLater;
        boolean evenly = Math.abs(rate - rateLater) <= rate / 4;
        boolean inSteps =
                after.bytes(node) >= STEP * before.bytes(node) && later.bytes(node) >= STEP * after.bytes(node);
        return rateLater >= 1 && (evenly || inSteps);
    }

    /** The least by which collections grow that make room for more than one element: 1.5 for a list, less the header of a short array. */
    private static final double STEP = 1.4;
}
