package io.heapspec.internal.retention;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
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
    private int currentPath;
    private boolean currentReferentHeld;
    private boolean currentIsRootClass;
    private int elements;

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
        boolean held = referentIsHeld[graph.classIndexOf(object)];
        graph.forEachReference(object, (edge, to) -> {
            if (edge >= 0 && (edge == discoveredField || edge == referentField && !held)) {
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
            currentIsRootClass = true;
            visitReferences(type.object());
        }
        currentIsRootClass = false;
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
        while (walked < queued) {
            visitReferences(queue[walked++]);
        }
    }

    private void visitReferences(int object) {
        int classIndex = graph.classIndexOf(object);
        currentPath = pathOf[object];
        currentReferentHeld = referentIsHeld[classIndex];
        elements = 0;
        graph.forEachReference(object, this::visit);
        if (elements > 0) {
            counts.addElements(currentPath, elements);
        }
        if (roots.isRepeated(classIndex)) {
            enter(currentPath, classEdge, graph.classAt(classIndex).object());
        }
    }

    private void visit(int edge, int target) {
        if (edge == HeapGraph.ELEMENT) {
            elements++;
            if (pathOf[target] == NOT_REACHED) {
                enter(currentPath, elementEdge, target);
            }
        } else if (pathOf[target] != NOT_REACHED) {
            return;
        } else if (edge >= 0) {
            visitField(edge, target);
        } else {
            enter(currentPath, implicitEdge(edge), target);
        }
    }

    private void visitField(int field, int target) {
        if (field == discoveredField || field == referentField && !currentReferentHeld) {
            return;
        }
        enter(currentIsRootClass ? PathTree.TOP : currentPath, edgeId(field), target);
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
