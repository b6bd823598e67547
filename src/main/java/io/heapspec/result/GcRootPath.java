package io.heapspec.result;

import java.util.List;

/**
 * The retention chain from a GC root to a leaked object.
 *
 * @param root where it starts
 * @param rootIsAccumulationPoint whether it is the root itself that becomes more, as with threads that never end
 * @param elements the hops, root first
 * @param leakedClass class of the object at its end
 * @since 0.1
 */
public record GcRootPath(
        GcRootDescription root, boolean rootIsAccumulationPoint, List<PathElement> elements, String leakedClass) {

    public GcRootPath {
        elements = List.copyOf(elements);
    }

    /** Returns the accumulation point as text: the root if that is it, else the holder and its edge. */
    public String accumulationPoint() {
        for (PathElement element : elements) {
            if (element.accumulationPoint()) {
                return element.holderClass() + " " + element.edge();
            }
        }
        return root.text();
    }
}
