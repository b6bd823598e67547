package io.heapspec.internal.retention;

import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapGraph;
import io.heapspec.result.RootKind;

/** Names the loader that keeps a class: what classes without end pile up in. */
final class Loaders {

    private static final EdgeName.Root BOOT = new EdgeName.Root(RootKind.STICKY_CLASS, "classes of the boot loader");

    private Loaders() {}

    static EdgeName.Root rootOf(HeapGraph graph, HeapClass type) {
        if (type.loaderObject() < 0) {
            return BOOT;
        }
        return new EdgeName.Root(
                RootKind.STICKY_CLASS,
                "classes of a " + graph.classOf(type.loaderObject()).name());
    }
}
