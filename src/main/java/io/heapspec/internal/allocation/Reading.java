package io.heapspec.internal.allocation;

/**
 * What was read around a body: the texts of three histograms, and counters between them.
 *
 * @param empty the histogram before an empty window
 * @param before the one after that, and before the body
 * @param after the one after the body
 * @param bytesOfEmpty what the thread allocated in the empty window
 * @param bytes what it allocated in the body
 * @param collected whether a collection ran meanwhile
 */
record Reading(String empty, String before, String after, long bytesOfEmpty, long bytes, boolean collected) {}
