package io.heapspec.result;

/**
 * One hop of a retention chain: an object, and the edge that leads on from it.
 *
 * @param holderClass class of the object that holds the next one
 * @param edge what leads on: {@code .field}, or {@code list[*]}, {@code map[key]} and the like for collections and arrays
 * @param accumulationPoint whether objects pile up at this edge
 * @since 0.1
 */
public record PathElement(String holderClass, String edge, boolean accumulationPoint) {}
