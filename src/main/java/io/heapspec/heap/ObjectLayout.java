package io.heapspec.heap;

/**
 * How the dumped VM lays out objects, by which shallow sizes are computed: a dump itself does not say how large its
 * objects are.
 *
 * @param headerBytes the bytes before the first field: 16, 12 with compressed class pointers, 8 with compact headers
 * @param referenceBytes the bytes of a reference: 8, or 4 when compressed
 * @param alignment objects begin at multiples of this many bytes
 * @param evident whether the distances between the objects of the dump bear that out; if not, this is the commonest
 *     layout, and sizes are estimates
 * @since 0.1
 */
public record ObjectLayout(int headerBytes, int referenceBytes, int alignment, boolean evident) {
    /** Returns a phrase for reports: {@code 12 B headers, 4 B references, aligned to 8 B, by the addresses of the dump}. */
    @Override
    public String toString() {
        return headerBytes + " B headers, " + referenceBytes + " B references, aligned to " + alignment + " B, "
                + (evident ? "by the addresses of the dump" : "assumed: the addresses of the dump do not tell");
    }
}
