package io.heapspec.internal.retention;

/**
 * A place where objects pile up: the highest path that grows while what holds it does not.
 *
 * @param node the path of what piles up; for references only, the path of the array that holds them
 * @param growth objects, or references, that were added
 * @param bytes bytes that were added at this path and below it
 * @param referencesOnly whether only references were added, to objects that were there
 */
record Accumulation(int node, long growth, long bytes, boolean referencesOnly) {

    /** Returns by how many objects, or references, it grew between two dumps. */
    long growth(PathCounts before, PathCounts after) {
        return referencesOnly
                ? after.elements(node) - before.elements(node)
                : after.objects(node) - before.objects(node);
    }
}
