package io.heapspec.internal.retention;

import java.util.List;

/**
 * A place where objects pile up: the highest path that grows while what holds it does not.
 *
 * @param node the path of what piles up; for references only, the path of the array that holds them
 * @param besides paths beside it by which more of the same is reached, as the end of a doubly linked list is by its last link
 * @param growth objects, or references, that were added
 * @param bytes bytes that were added at this path and below it
 * @param referencesOnly whether only references were added, to objects that were there
 */
record Accumulation(int node, List<Integer> besides, long growth, long bytes, boolean referencesOnly) {

    /** Returns by how many objects, or references, it grew between two dumps. */
    long growth(PathCounts before, PathCounts after) {
        if (referencesOnly) {
            return after.elements(node) - before.elements(node);
        }
        return after.objects(node)
                - before.objects(node)
                + besides.stream()
                        .mapToLong(each -> after.objects(each) - before.objects(each))
                        .sum();
    }
}
