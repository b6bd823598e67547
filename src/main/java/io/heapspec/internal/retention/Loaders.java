package io.heapspec.internal.retention;

import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapGraph;
import io.heapspec.result.RootKind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The loaders of classes: classes without end pile up in one of them, or each in one of its own. */
final class Loaders {

    private static final EdgeName.Root BOOT = new EdgeName.Root(RootKind.STICKY_CLASS, "classes of the boot loader");

    private Loaders() {}

    /** Names the loader that keeps a class. */
    static EdgeName.Root rootOf(HeapGraph graph, HeapClass type) {
        if (type.loaderObject() < 0) {
            return BOOT;
        }
        return new EdgeName.Root(
                RootKind.STICKY_CLASS,
                "classes of a " + graph.classOf(type.loaderObject()).name());
    }

    /**
     * Returns the names of the classes of which ever more loaders are there that have loaded something: each of them is held by something,
     * and so are their classes.
     *
     * @param least how many more of them there must be
     */
    static Set<String> piling(HeapGraph first, HeapGraph last, long least) {
        Map<String, Integer> before = loadersByClass(first);
        Set<String> piling = new HashSet<>();
        loadersByClass(last).forEach((name, count) -> {
            if (count - before.getOrDefault(name, 0) >= least) {
                piling.add(name);
            }
        });
        return piling;
    }

    private static Map<String, Integer> loadersByClass(HeapGraph graph) {
        BitSet loaders = new BitSet();
        for (int i = 0; i < graph.classCount(); i++) {
            if (graph.classAt(i).loaderObject() >= 0) {
                loaders.set(graph.classAt(i).loaderObject());
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        loaders.stream().forEach(loader -> counts.merge(graph.classOf(loader).name(), 1, Integer::sum));
        return counts;
    }
}
