package io.heapspec.internal.retention;

import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.RootKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The references of a dump: by which names they appear in paths, and which of them hold what they refer to. */
final class Edges {

    private static final int NONE = Integer.MIN_VALUE;

    private final HeapGraph graph;
    private final Roots roots;
    private final PathTree tree;
    private final int[] ids;
    private final @Nullable ReferenceStrength[] strengths;
    private final int referentField;
    private final int discoveredField;
    private final int cacheField;
    private final int element;
    private final int loader;
    private final int superclass;
    private final int other;

    /** The edge from an object to its class. */
    final int ownClass;

    Edges(HeapGraph graph, Roots roots, PathTree tree) {
        this.graph = graph;
        this.roots = roots;
        this.tree = tree;
        ids = new int[graph.fieldCount()];
        Arrays.fill(ids, -1);
        strengths = new ReferenceStrength[graph.classCount()];
        referentField = field("java.lang.ref.Reference", "referent");
        discoveredField = field("java.lang.ref.Reference", "discovered");
        cacheField = field("java.lang.ClassValue$ClassValueMap", "cacheArray");
        element = tree.edges.idOf(EdgeName.ELEMENT);
        loader = tree.edges.idOf(new EdgeName.Implicit("class loader"));
        superclass = tree.edges.idOf(new EdgeName.Implicit("superclass"));
        other = tree.edges.idOf(new EdgeName.Implicit("protection domain or signers"));
        ownClass = tree.edges.idOf(new EdgeName.Implicit("class"));
    }

    /** Returns the id, in the tree, of an edge as the graph tells it. */
    int idOf(int edge) {
        return switch (edge) {
            case HeapGraph.ELEMENT -> element;
            case HeapGraph.CLASS_LOADER -> loader;
            case HeapGraph.SUPER_CLASS -> superclass;
            case HeapGraph.SIGNERS, HeapGraph.PROTECTION_DOMAIN, HeapGraph.CONSTANT -> other;
            default -> ids[edge] >= 0 ? ids[edge] : (ids[edge] = idOf(graph.fieldAt(edge)));
        };
    }

    private int idOf(HeapField field) {
        String declaring = ClassNames.stable(field.declaringClass().name());
        if (field.isStatic() && !roots.isHeld(field.declaringClass().index())) {
            String text = "static field " + declaring + "." + field.name();
            int id = tree.edges.idOf(new EdgeName.Root(RootKind.STATIC_FIELD, text));
            tree.rank(id, Roots.rankOf(field.declaringClass()) + 1);
            return id;
        }
        return tree.edges.idOf(new EdgeName.Field(declaring, field.name(), field.isStatic()));
    }

    /**
     * Tells whether an edge holds what it refers to: a reference's referent may go, and so may what the collector chains to it. What else a
     * reference has, as an entry of a weak map has its value, is let go of once the referent is gone and somebody looks; until then it is
     * stale, and only links to other references lead on. What a class keeps for a {@code ClassValue} is held by the table of its map; the
     * cache before that has stale values, too, until their room is needed.
     */
    boolean isHeld(int edge, int source, int target) {
        ReferenceStrength strength = strength(graph.classIndexOf(source));
        if (strength == ReferenceStrength.STRONG) {
            return edge != cacheField;
        }
        return edge != discoveredField
                && edge != referentField
                && (!isStale(source) || strength(graph.classIndexOf(target)) != ReferenceStrength.STRONG);
    }

    private boolean isStale(int reference) {
        return referentField != NONE && graph.referenceField(reference, graph.fieldAt(referentField)) < 0;
    }

    /** Tells whether an edge leads from a soft reference to its referent. */
    boolean isSoft(int edge, int source) {
        return edge == referentField && strength(graph.classIndexOf(source)) == ReferenceStrength.SOFT;
    }

    private ReferenceStrength strength(int classIndex) {
        ReferenceStrength known = strengths[classIndex];
        if (known == null) {
            known = graph.classAt(classIndex).referenceStrength();
            strengths[classIndex] = known;
        }
        return known;
    }

    private int field(String declaringClass, String name) {
        for (int i = 0; i < graph.fieldCount(); i++) {
            HeapField field = graph.fieldAt(i);
            if (field.name().equals(name) && field.declaringClass().name().equals(declaringClass)) {
                return i;
            }
        }
        return NONE;
    }
}
