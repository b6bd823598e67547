package io.heapspec.internal.retention;

/**
 * One step of a path before it is put into a reader's words.
 *
 * @param node the path it leads to
 * @param holder class of the object it starts from; empty at the root
 * @param edge what leads on
 * @param type class of the object it leads to
 */
record Hop(int node, String holder, EdgeName edge, String type) {}
