package io.heapspec.internal.retention;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectKind;
import io.heapspec.heap.ReferenceBatch;
import io.heapspec.heap.ReferenceVisitor;
import io.heapspec.heap.ThreadInfo;
import io.heapspec.internal.util.OrderedBits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One breadth-first pass over a dump that gives each object the path name by which it is reached first; of several paths of the same
 * length, the one that comes first by {@link PathTree#isBefore}.
 *
 * <p>So a name does not depend on where objects lie, and the objects of a level can be read in the order of their addresses, which takes
 * half the time that reading them as they are found takes. An object's name is tentative until its level is complete.
 *
 * <p>Weak, phantom and final referents are not followed; soft ones only by {@link #softly}. Runs in time in proportion to the
 * references, and needs an int and three bits for each object, besides the references that the graph loads.
 */
final class Walk {

    /** What is not reached has this in place of a path, plus its class; so finding it costs no look-up of the class elsewhere. */
    private static final int NOT_REACHED = Integer.MIN_VALUE;

    /** Tentative paths are this, less the node; there are fewer nodes than 2^30, as there are classes. */
    private static final int TENTATIVE = -1;

    private static final int LOWEST_TENTATIVE = -(1 << 30);

    private final HeapGraph graph;
    private final PathTree tree;
    private final Roots roots;
    private final Edges edges;
    private final int[] pathOf;
    private final int[] typeIds;
    private final Ints rootObjects = new Ints();
    private final Ints softReferences = new Ints();

    /** What a reference refers to without holding it, and what those hold that are not reached. */
    private final BitSet referredTo;

    private final ReferenceBatch batch;
    private final ReferenceBatch.ChunkVisitor visitor = this::visit;
    private final int[] group = new int[ReferenceBatch.SIZE];
    private OrderedBits next;
    private OrderedBits level;
    private PathCounts counts = new PathCounts();

    private Walk(HeapGraph graph, PathTree tree, Set<String> pilingLoaders) {
        this.graph = graph;
        this.tree = tree;
        roots = new Roots(graph, pilingLoaders);
        edges = new Edges(graph, roots, tree);
        pathOf = new int[graph.objectCount()];
        for (int object = 0; object < pathOf.length; object++) {
            pathOf[object] = NOT_REACHED + graph.classIndexOf(object);
        }
        referredTo = new BitSet(graph.objectCount());
        typeIds = new int[graph.classCount()];
        Arrays.fill(typeIds, -1);
        graph.loadReferences();
        batch = graph.newBatch();
        next = new OrderedBits(graph.objectCount());
        level = new OrderedBits(graph.objectCount());
    }

    /** Walks everything that is strongly reachable. */
    static Walk strongly(HeapGraph graph, PathTree tree) {
        return strongly(graph, tree, Set.of());
    }

    /**
     * Walks the same, but to the classes of some loaders only by what holds them.
     *
     * @param pilingLoaders names of the loaders' classes
     */
    static Walk strongly(HeapGraph graph, PathTree tree, Set<String> pilingLoaders) {
        Walk walk = new Walk(graph, tree, pilingLoaders);
        walk.enterClasses();
        walk.enterThreads();
        walk.drain();
        // A field explains more than a local variable, even by a longer way.
        walk.enterFrames();
        walk.drain();
        for (GcRoot root : walk.roots.others()) {
            walk.enterRoot(PathTree.TOP, walk.rootEdge(Roots.nameOf(root), Roots.LAST), root.object());
        }
        walk.drain();
        walk.enterHeldByTheJvm();
        walk.drain();
        return walk;
    }

    /** Goes on to what is only softly reachable, which has a path from then on; returns the counts of both. */
    PathCounts softly() {
        counts = counts.copy();
        // Soft references found meanwhile are added to the end.
        for (int i = 0; i < softReferences.size(); i++) {
            int source = softReferences.get(i);
            graph.forEachReference(source, (edge, target) -> {
                if (edges.isSoft(edge, source)) {
                    enter(pathOf[source], edges.idOf(edge), target);
                }
            });
            if (i + 1 == softReferences.size()) {
                drain();
            }
        }
        return counts;
    }

    PathCounts counts() {
        return counts;
    }

    /** Returns the path name of an object, or -1 if it is not reached. */
    int pathOf(int object) {
        return Math.max(-1, pathOf[object]);
    }

    /** Returns the objects that are held by no other, or need not be; some of them several times. */
    Ints rootObjects() {
        return rootObjects;
    }

    /** Calls back for what each of some objects holds, its class included where that needs holding. Not for use during another call. */
    void forEachHeldByAny(int[] objects, int count, ReferenceBatch.Visitor visitor) {
        batch.forEachReference(objects, 0, count, (source, edge, target) -> {
            if (edges.isHeld(edge, source, target)) {
                visitor.visit(source, edge, target);
            }
        });
        for (int i = 0; i < count; i++) {
            int type = roots.heldClassOf(objects[i]);
            if (type >= 0) {
                visitor.visit(objects[i], HeapGraph.ELEMENT, type);
            }
        }
    }

    /** Calls back for each object that another holds, by the references this walk follows. */
    void forEachHeld(int object, ReferenceVisitor visitor) {
        graph.forEachReference(object, (edge, target) -> {
            if (edges.isHeld(edge, object, target)) {
                visitor.visit(edge, target);
            }
        });
    }

    /** Names an edge as {@link #forEachHeld} reports it. */
    EdgeName nameOf(int edge) {
        return tree.edges.valueOf(edges.idOf(edge));
    }

    private void enterClasses() {
        List<HeapClass> classes = roots.classes();
        int classType = tree.types.idOf("java.lang.Class");
        for (HeapClass type : classes) {
            int edge = rootEdge(Loaders.rootOf(graph, type), Roots.rankOf(type));
            pathOf[type.object()] = tree.child(PathTree.TOP, edge, classType);
            counts.addObject(pathOf[type.object()], graph.shallowSize(type.object()));
            rootObjects.add(type.object());
        }
        for (HeapClass type : classes) {
            int object = type.object();
            graph.forEachReference(object, (edge, target) -> {
                int from = edge >= 0 ? PathTree.TOP : pathOf[object];
                enterRoot(from, edges.idOf(edge), target);
            });
        }
    }

    private void enterThreads() {
        for (ThreadInfo thread : roots.threads()) {
            enterRoot(PathTree.TOP, rootEdge(Roots.nameOf(thread), Roots.THREAD), thread.object());
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
                enterRoot(pathOf[thread.object()], tree.edges.idOf(local), frame.object());
            } else {
                enterRoot(PathTree.TOP, rootEdge(Roots.nameOf(frame), Roots.LAST), frame.object());
            }
        }
    }

    /**
     * Enters what is alive though nothing in the dump refers to it: the JVM keeps it in a place that dumps do not show, such as the instance
     * fields of a class object, where every {@code ClassValue} has its values. What a soft or weak reference refers to is not among that.
     */
    private void enterHeldByTheJvm() {
        int edge = rootEdge(Roots.HIDDEN, Roots.LAST);
        for (int object = 0; object < pathOf.length; object++) {
            if (pathOf[object] < 0) {
                graph.forEachReference(object, (by, target) -> referredTo.set(target));
            }
        }
        for (int object = 0; object < pathOf.length; object++) {
            if (pathOf[object] < 0 && !referredTo.get(object) && graph.kindOf(object) == ObjectKind.INSTANCE) {
                enterRoot(PathTree.TOP, edge, object);
            }
        }
    }

    private int rootEdge(EdgeName.Root name, int rank) {
        int edge = tree.edges.idOf(name);
        tree.rank(edge, rank);
        return edge;
    }

    private void enterRoot(int from, int edgeId, int object) {
        if (object >= 0) {
            rootObjects.add(object);
            enter(from, edgeId, object);
        }
    }

    private void drain() {
        while (!next.isEmpty()) {
            OrderedBits complete = next;
            next = level;
            level = complete;
            settleLevel();
            readLevel();
            level.clear();
        }
    }

    private void settleLevel() {
        int count;
        for (int from = 0; (count = level.collect(from, group)) > 0; from = group[count - 1] + 1) {
            settle(count);
        }
    }

    /** Makes the names of a group final. */
    private void settle(int count) {
        for (int i = 0; i < count; i++) {
            int node = TENTATIVE - pathOf[group[i]];
            pathOf[group[i]] = node;
            counts.addObject(node, graph.shallowSize(group[i]));
        }
    }

    private void readLevel() {
        int count;
        for (int from = 0; (count = level.collect(from, group)) > 0; from = group[count - 1] + 1) {
            batch.forEachChunk(group, 0, count, visitor);
            enterOwnClasses(count);
        }
    }

    private void enterOwnClasses(int count) {
        for (int i = 0; i < count; i++) {
            enterOwnClass(group[i]);
        }
    }

    /** An object of a class that there are several of may be what holds that class. */
    private void enterOwnClass(int object) {
        int type = roots.heldClassOf(object);
        if (type >= 0) {
            enter(pathOf[object], edges.ownClass, type);
        }
    }

    /** Keeps, of some references, those to objects without a final name first, so that the loads for one do not wait for those of others. */
    private void visit(int count, int[] sources, int[] by, int[] targets) {
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (by[i] == HeapGraph.ELEMENT) {
                counts.addElement(pathOf[sources[i]]);
            }
            if (pathOf[targets[i]] < 0) {
                sources[left] = sources[i];
                by[left] = by[i];
                targets[left++] = targets[i];
            }
        }
        for (int i = 0; i < left; i++) {
            visit(sources[i], by[i], targets[i]);
        }
    }

    private void visit(int source, int edge, int target) {
        if (edges.isHeld(edge, source, target)) {
            enter(pathOf[source], edges.idOf(edge), target);
            return;
        }
        referredTo.set(target);
        if (edges.isSoft(edge, source)) {
            softReferences.add(source);
        }
    }

    private void enter(int from, int edgeId, int object) {
        int known = pathOf[object];
        if (known < LOWEST_TENTATIVE) {
            pathOf[object] = TENTATIVE - tree.child(from, edgeId, typeOf(known - NOT_REACHED));
            next.add(object);
        } else if (known < 0) {
            int tentative = TENTATIVE - known;
            int node = tree.child(from, edgeId, typeOf(graph.classIndexOf(object)));
            if (node != tentative && tree.isBefore(node, tentative)) {
                pathOf[object] = TENTATIVE - node;
            }
        }
    }

    private int typeOf(int classIndex) {
        int known = typeIds[classIndex];
        return known >= 0 ? known : (typeIds[classIndex] = tree.types.idOf(roots.nameOf(classIndex)));
    }
}
