package io.heapspec.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What keeps what alive: the references of a graph less those that do not hold, as a weak reference's; and from an object
 * to its class, if that class can be unloaded.
 *
 * <p>References of an object are numbered, so that a search can leave off and go on. They are read from memory if the
 * graph has them there, else from the file. Immutable and thread-safe.
 */
final class HeldReferences {
    /** Is told what is held. */
    @FunctionalInterface
    interface Visitor {
        void visit(int holder, int target);
    }

    /** Where there is no reference. */
    static final int NONE = ReferenceRows.NOTHING;
    /** Behind the last reference. */
    static final int END = ReferenceRows.END;

    /** In place of the number of references, for objects that have an end in place of that. */
    private static final int ENDED = -1;

    private static final String REFERENCE = "java.lang.ref.Reference";

    private final HeapGraph graph;
    private final ObjectTable objects;
    private final ReferenceReader reader;
    private final @Nullable ReferenceRows rows;
    /** How many references the instances of each class have. */
    private final int[] slots;
    /** Which of them does not hold, or -1. */
    private final int[] idle;
    /** The class object that instances of each class keep, or {@link #NONE}. */
    private final int[] heldClass;

    HeldReferences(
            HeapGraph graph,
            ObjectTable objects,
            ReferenceReader reader,
            @Nullable ReferenceRows rows,
            ReferenceStrength weakest) {
        this.graph = graph;
        this.objects = objects;
        this.reader = reader;
        this.rows = rows;
        int count = graph.classCount();
        slots = new int[count];
        idle = new int[count];
        heldClass = new int[count];
        Arrays.fill(idle, -1);
        for (int c = 0; c < count; c++) {
            HeapClass each = graph.classAt(c);
            boolean ended = !reader.isInstance(c) && !reader.hasNone(c);
            slots[c] = ended ? ENDED : reader.edges(c).length;
            heldClass[c] = lastsForever(graph, each) ? NONE : each.object();
            if (slots[c] > 0 && each.referenceStrength().compareTo(weakest) > 0) {
                idle[c] = slotOfReferent(reader.edges(c));
            }
        }
    }

    private int slotOfReferent(int[] edges) {
        for (int i = 0; i < edges.length; i++) {
            HeapField field = graph.fieldAt(edges[i]);
            if (field.name().equals("referent") && field.declaringClass().name().equals(REFERENCE)) {
                return i;
            }
        }
        return -1;
    }

    /** Tells whether a class cannot be unloaded: those of the JVM's own three loaders live as long as it does. */
    static boolean lastsForever(HeapGraph graph, HeapClass each) {
        int loader = each.loaderObject();
        if (loader < 0 || each.object() < 0) {
            return true;
        }
        String name = graph.classOf(loader).name();
        return name.startsWith("jdk.internal.loader.ClassLoaders$") || name.startsWith("sun.misc.Launcher$");
    }

    /** Tells whether an object holds what one of its edges leads to. */
    boolean isHeldBy(int object, int edge) {
        int number = objects.classNumber(object);
        return idle[number] < 0 || edge != reader.edges(number)[idle[number]];
    }

    /** Tells whether an object refers to nothing, as far as its class tells. */
    boolean isLeaf(int object) {
        int number = objects.classNumber(object);
        return slots[number] == 0 && heldClass[number] == NONE;
    }

    /** Returns what reference number {@code i} of an object leads to, or {@link #NONE}, or {@link #END} behind the last. */
    int target(int object, int i) {
        int number = objects.classNumber(object);
        int count = slots[number];
        if (count == ENDED) {
            // The class comes first: how many others there are is not known.
            return i == 0 ? heldClass[number] : stored(object, i - 1);
        }
        if (i >= count) {
            return i == count && heldClass[number] != NONE ? heldClass[number] : END;
        }
        return i == idle[number] ? NONE : stored(object, i);
    }

    /** Visits all that an object holds: the same as {@link #target} tells one by one, in half the time. */
    void forEach(int object, Visitor visitor) {
        int number = objects.classNumber(object);
        int count = slots[number];
        if (rows == null) {
            forEachStored(object, visitor);
        } else if (count == ENDED) {
            visitOwnClass(object, number, visitor);
            int target;
            for (int place = rows.start(object); (target = rows.target(place)) != END; place++) {
                if (target >= 0) {
                    visitor.visit(object, target);
                }
            }
        } else {
            int first = count == 0 ? 0 : rows.start(object);
            for (int i = 0; i < count; i++) {
                int target = rows.target(first + i);
                if (target >= 0 && i != idle[number]) {
                    visitor.visit(object, target);
                }
            }
            visitOwnClass(object, number, visitor);
        }
    }

    private void visitOwnClass(int object, int number, Visitor visitor) {
        if (heldClass[number] != NONE) {
            visitor.visit(object, heldClass[number]);
        }
    }

    private void forEachStored(int object, Visitor visitor) {
        int target;
        for (int i = 0; (target = target(object, i)) != END; i++) {
            if (target >= 0) {
                visitor.visit(object, target);
            }
        }
    }

    private int stored(int object, int i) {
        return rows == null ? reader.target(object, i) : rows.target(rows.start(object) + i);
    }
}
