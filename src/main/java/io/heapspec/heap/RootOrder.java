package io.heapspec.heap;

import java.util.ArrayList;
import java.util.List;

/**
 * In which order roots are searched from.
 *
 * @since 0.1
 */
public enum RootOrder {
    /**
     * Those first that explain most to a reader, even by longer paths: classes that cannot be unloaded, for their static
     * fields, and threads; then what threads execute; then what the JVM and native code hold.
     */
    EXPLAINING {
        @Override
        List<List<GcRoot>> phases(HeapGraph graph) {
            List<GcRoot> first = new ArrayList<>(everlastingClasses(graph));
            List<GcRoot> frames = new ArrayList<>();
            List<GcRoot> others = new ArrayList<>();
            for (GcRoot root : graph.roots()) {
                if (root instanceof GcRoot.ThreadObject) {
                    first.add(root);
                } else if (root instanceof GcRoot.JavaFrame || root instanceof GcRoot.JniLocal) {
                    frames.add(root);
                } else {
                    others.add(root);
                }
            }
            return List.of(first, frames, others);
        }
    },
    /** All roots of the dump alike, and no others: paths are as short as can be. */
    ALL_ALIKE {
        @Override
        List<List<GcRoot>> phases(HeapGraph graph) {
            return List.of(graph.roots());
        }
    };

    /** Returns the roots, those that are searched from together in one list. */
    abstract List<List<GcRoot>> phases(HeapGraph graph);

    /** Returns all roots in one list. */
    List<GcRoot> roots(HeapGraph graph) {
        return phases(graph).stream().flatMap(List::stream).toList();
    }

    /** Returns the classes of the JVM's own loaders; a dump names only some of them as roots. */
    private static List<GcRoot> everlastingClasses(HeapGraph graph) {
        List<GcRoot> classes = new ArrayList<>();
        for (int c = 0; c < graph.classCount(); c++) {
            HeapClass each = graph.classAt(c);
            if (each.object() >= 0 && HeldReferences.lastsForever(graph, each)) {
                classes.add(new GcRoot.StickyClass(each.object()));
            }
        }
        return classes;
    }
}
