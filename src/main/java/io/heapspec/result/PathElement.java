package io.heapspec.result;

/**
 * One hop of a retention chain: an object, and the edge that leads on from it.
 *
 * @param holderClass class of the object that holds the next one
 * @param declaringClass class that declares the field which leads on: the holder's or one above it; the holder's where no field does
 * @param edge what leads on: {@code .field}, or {@code list[*]}, {@code map[key]} and the like for collections and arrays
 * @param accumulationPoint whether objects pile up at this edge
 * @since 0.1
 */
public record PathElement(String holderClass, String declaringClass, String edge, boolean accumulationPoint) {

    /** Creates one whose edge is no field, or a field that the holder's own class declares. */
    public PathElement(String holderClass, String edge, boolean accumulationPoint) {
        this(holderClass, holderClass, edge, accumulationPoint);
    }
}
