package io.heapspec.internal.retention;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReferenceBatch;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.heap.ReferenceVisitor;
import io.heapspec.heap.ThreadInfo;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.RootKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * One breadth-first pass over a dump that gives each object the path name by which it is reached first.
 *
 * <p>Weak, phantom and final referents are not followed, soft ones only on request. Runs in time in proportion to the references, and
 * needs three ints for each object.
 */
final class Walk {

    private static final int NOT_REACHED = -1;

    private final HeapGraph graph;
    private final PathTree tree;
    private final Roots roots;
    private final boolean throughSoft;
    private final int[] pathOf;
    private final int[] queue;
    private final int[] edgeIds;
    private final int[] typeIds;
    private final boolean[] referentIsHeld;
    private final int referentField;
    private final int discoveredField;
    private final int elementEdge;
    private final int loaderEdge;
    private final int superEdge;
    private final int otherEdge;
    private final int classEdge;
    private final PathCounts counts = new PathCounts();
    private int queued;
    private int walked;

    private Walk(HeapGraph graph, PathTree tree, boolean throughSoft) {
        this.graph = graph;
        this.tree = tree;
        this.throughSoft = throughSoft;
        this.roots = new Roots(graph);
        pathOf = new int[graph.objectCount()];
        Arrays.fill(pathOf, NOT_REACHED);
        queue = new int[graph.objectCount()];
        edgeIds = new int[graph.fieldCount()];
        Arrays.fill(edgeIds, -1);
        typeIds = new int[graph.classCount()];
        referentIsHeld = new boolean[graph.classCount()];
        for (int i = 0; i < typeIds.length; i++) {
            HeapClass type = graph.classAt(i);
            typeIds[i] = tree.types.idOf(ClassNames.stable(type.name()));
            ReferenceStrength strength = type.referenceStrength();
            referentIsHeld[i] =
                    strength == ReferenceStrength.STRONG || throughSoft && strength == ReferenceStrength.SOFT;
        }
        referentField = fieldOfReference("referent");
        discoveredField = fieldOfReference("discovered");
        elementEdge = tree.edges.idOf(EdgeName.ELEMENT);
        loaderEdge = tree.edges.idOf(new EdgeName.Implicit("class loader"));
        superEdge = tree.edges.idOf(new EdgeName.Implicit("superclass"));
        otherEdge = tree.edges.idOf(new EdgeName.Implicit("protection domain or signers"));
        classEdge = tree.edges.idOf(new EdgeName.Implicit("class"));
    }

    /** Walks everything that is strongly reachable. */
    static Walk strongly(HeapGraph graph, PathTree tree) {
        return new Walk(graph, tree, false).walkAll();
    }

    /** Walks everything that is strongly or softly reachable. */
    static Walk softly(HeapGraph graph, PathTree tree) {
        return new Walk(graph, tree, true).walkAll();
    }

    /** Walks everything that stays strongly reachable when the objects at some paths are cut out. */
    Walk without(IntPredicate paths) {
        Walk rest = new Walk(graph, tree, throughSoft);
        for (int object = 0; object < pathOf.length; object++) {
            if (pathOf[object] != NOT_REACHED && paths.test(pathOf[object])) {
                rest.pathOf[object] = PathTree.TOP;
            }
        }
        return rest.walkAll();
    }

    PathCounts counts() {
        return counts;
    }

    /** Returns the path name of an object, or -1 if it is not reached. */
    int pathOf(int object) {
        return pathOf[object];
    }

    boolean isReached(int object) {
        return pathOf[object] != NOT_REACHED;
    }

    /** Calls back for each object that another holds, by the references this walk follows. */
    void forEachHeld(int object, ReferenceVisitor visitor) {
        graph.forEachReference(object, (edge, to) -> {
            if (edge >= 0 && !isHeld(edge, object)) {
                return;
            }
            visitor.visit(edge, to);
        });
    }

    /** Names an edge as {@link #forEachHeld} reports it. */
    EdgeName nameOf(int edge) {
        return tree.edges.valueOf(edge >= 0 ? edgeId(edge) : implicitEdge(edge));
    }

    private int implicitEdge(int edge) {
        return switch (edge) {
            case HeapGraph.ELEMENT -> elementEdge;
            case HeapGraph.CLASS_LOADER -> loaderEdge;
            case HeapGraph.SUPER_CLASS -> superEdge;
            default -> otherEdge;
        };
    }

    private Walk walkAll() {
        enterClasses();
        enterThreads();
        drain();
        // A field explains more than a local variable, even by a longer way.
        enterFrames();
        drain();
        for (GcRoot root : roots.others()) {
            enter(PathTree.TOP, tree.edges.idOf(Roots.nameOf(root)), root.object());
        }
        drain();
        return this;
    }

    private void enterClasses() {
        List<HeapClass> classes = roots.classes();
        int classType = tree.types.idOf("java.lang.Class");
        for (HeapClass type : classes) {
            int object = type.object();
            if (pathOf[object] == NOT_REACHED) {
                pathOf[object] = tree.child(PathTree.TOP, tree.edges.idOf(Loaders.rootOf(graph, type)), classType);
                counts.addObject(pathOf[object], graph.shallowSize(object));
            }
        }
        for (HeapClass type : classes) {
            int object = type.object();
            graph.forEachReference(object, (edge, target) -> visitRootClass(object, edge, target));
        }
    }

    private void enterThreads() {
        for (ThreadInfo thread : roots.threads()) {
            enter(PathTree.TOP, tree.edges.idOf(Roots.nameOf(thread)), thread.object());
        }
    }

    private void enterFrames() {
        Map<Integer, ThreadInfo> threads = roots.threadsBySerial();
        for (GcRoot.JavaFrame frame : roots.frames()) {
            ThreadInfo thread = threads.get(frame.threadSerial());
            int number = frame.frameNumber();
            if (thread != null
                    && thread.object() >= 0
                    && number >= 0
                    && number < thread.frames().size()) {
                EdgeName local = new EdgeName.Local(thread.frames().get(number).toString());
                enter(pathOf[thread.object()], tree.edges.idOf(local), frame.object());
            } else {
                enter(PathTree.TOP, tree.edges.idOf(Roots.nameOf(frame)), frame.object());
            }
        }
    }

    private void drain() {
        ReferenceBatch batch = graph.newBatch();
        while (walked < queued) {
            int from = walked;
            walked = queued;
            batch.forEachReference(queue, from, walked, this::visit);
            for (int i = from; i < walked; i++) {
                visitOwnClass(queue[i]);
            }
        }
    }

    /** An object of a class that there are several of may be what holds that class. */
    private void visitOwnClass(int object) {
        int classIndex = graph.classIndexOf(object);
        if (roots.isRepeated(classIndex)) {
            enter(pathOf[object], classEdge, graph.classAt(classIndex).object());
        }
    }

    private void visit(int source, int edge, int target) {
        if (edge == HeapGraph.ELEMENT) {
            counts.addElement(pathOf[source]);
            if (pathOf[target] == NOT_REACHED) {
                enter(pathOf[source], elementEdge, target);
            }
        } else if (pathOf[target] == NOT_REACHED) {
            if (edge < 0) {
                enter(pathOf[source], implicitEdge(edge), target);
            } else if (isHeld(edge, source)) {
                enter(pathOf[source], edgeId(edge), target);
            }
        }
    }

    private void visitRootClass(int source, int edge, int target) {
        if (edge >= 0) {
            enter(PathTree.TOP, edgeId(edge), target);
        } else {
            visit(source, edge, target);
        }
    }

    /** Tells whether a field holds what it refers to: a reference's referent may go, and so may what the collector chains to it. */
    private boolean isHeld(int field, int source) {
        return field != discoveredField && (field != referentField || referentIsHeld[graph.classIndexOf(source)]);
    }

    private void enter(int from, int edgeId, int object) {
        if (object < 0 || pathOf[object] != NOT_REACHED) {
            return;
        }
        int node = tree.child(from, edgeId, typeIds[graph.classIndexOf(object)]);
        pathOf[object] = node;
        counts.addObject(node, graph.shallowSize(object));
        queue[queued++] = object;
    }

    private int edgeId(int field) {
        int known = edgeIds[field];
        return known >= 0 ? known : (edgeIds[field] = tree.edges.idOf(nameOf(graph.fieldAt(field))));
    }

    private EdgeName nameOf(HeapField field) {
        String declaring = ClassNames.stable(field.declaringClass().name());
        if (field.isStatic() && !roots.isRepeated(field.declaringClass().index())) {
            return new EdgeName.Root(RootKind.STATIC_FIELD, "static field " + declaring + "." + field.name());
        }
        return new EdgeName.Field(declaring, field.name(), field.isStatic());
    }

    private int fieldOfReference(String name) {
        for (int i = 0; i < graph.fieldCount(); i++) {
            HeapField field = graph.fieldAt(i);
            if (field.name().equals(name) && field.declaringClass().name().equals("java.lang.ref.Reference")) {
                return i;
            }
        }
        return -3;
    }
}
