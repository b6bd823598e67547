package io.heapspec.internal.retention;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectKind;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.RootPath;
import io.heapspec.heap.ThreadInfo;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.RootKind;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts paths between single objects into the words of a failure message. Paths by the same fields and classes get equal
 * words, so that they can be counted.
 *
 * <p>Not thread-safe.
 */
public final class PathWords {
    /** No path of the tree: nothing piles up in one dump. */
    private static final int NOWHERE = -1;

    private final HeapGraph graph;
    private final PathTree tree = new PathTree();
    private final Chain chain;
    private final Map<Integer, ThreadInfo> threadsBySerial = new HashMap<>();
    private final Map<Integer, ThreadInfo> threadsByObject = new HashMap<>();
    private final Map<Integer, GcRootPath> known = new HashMap<>();
    private final Map<Integer, String> keys = new HashMap<>();

    /** Reads the names of a graph's classes and threads. */
    public PathWords(HeapGraph graph) {
        this.graph = graph;
        chain = new Chain(tree, new ClassFacts(graph));
        for (ThreadInfo thread : graph.threads()) {
            threadsBySerial.put(thread.serial(), thread);
            threadsByObject.put(thread.object(), thread);
        }
    }

    /** Words a path. */
    public GcRootPath of(RootPath path) {
        int end = nodeOf(path);
        return known.computeIfAbsent(end, at -> chain.describe(chain.hops(at), NOWHERE, tree.typeOf(at)));
    }

    private int nodeOf(RootPath path) {
        boolean byStaticField = startsAtStaticField(path);
        int node = byStaticField ? staticField(path.steps().get(0)) : root(path.root());
        int first = byStaticField ? 1 : 0;
        int source = byStaticField ? path.steps().get(0).target() : path.root().object();
        for (RootPath.Step step : path.steps().subList(first, path.length())) {
            EdgeName edge = nameOf(step.edge());
            node = child(node, ThreadLocals.isValue(edge) ? keyOf(source) : edge, step.target());
            source = step.target();
        }
        return node;
    }

    /** Names the ThreadLocal of an entry in the table of a thread. */
    private EdgeName keyOf(int entry) {
        String known = keys.get(entry);
        if (known != null) {
            return new EdgeName.OfThreadLocal(known);
        }
        keys.put(entry, "");
        int key = graph.referenceField(entry, "java.lang.ref.Reference", "referent");
        String name = key < 0
                ? ""
                : PathFinder.of(graph)
                        .shortestTo(key)
                        .map(path -> ThreadLocals.nameOf(chain.hops(nodeOf(path))))
                        .orElse("");
        keys.put(entry, name);
        return new EdgeName.OfThreadLocal(name);
    }

    /** Names what an object is: its class, or {@code class com.acme.Foo} for a class itself. */
    public String typeOf(int object) {
        return graph.kindOf(object) == ObjectKind.CLASS
                ? "class " + ClassNames.stable(graph.asClass(object).name())
                : ClassNames.stable(graph.classOf(object).name());
    }

    private boolean startsAtStaticField(RootPath path) {
        return graph.kindOf(path.root().object()) == ObjectKind.CLASS
                && !path.steps().isEmpty()
                && path.steps().get(0).edge() >= 0;
    }

    private int staticField(RootPath.Step step) {
        HeapField field = graph.fieldAt(step.edge());
        String text = "static field " + ClassNames.stable(field.declaringClass().name()) + "." + field.name();
        return child(PathTree.TOP, new EdgeName.Root(RootKind.STATIC_FIELD, text), step.target());
    }

    private int root(GcRoot root) {
        if (root instanceof GcRoot.JavaFrame frame) {
            return local(frame);
        }
        ThreadInfo thread = root instanceof GcRoot.ThreadObject ? threadsByObject.get(root.object()) : null;
        return child(PathTree.TOP, thread == null ? Roots.nameOf(root) : Roots.nameOf(thread), root.object());
    }

    private int local(GcRoot.JavaFrame frame) {
        ThreadInfo thread = threadsBySerial.get(frame.threadSerial());
        int number = frame.frameNumber();
        if (thread == null
                || thread.object() < 0
                || number < 0
                || number >= thread.frames().size()) {
            return child(PathTree.TOP, Roots.nameOf(frame), frame.object());
        }
        EdgeName local = new EdgeName.Local(thread.frames().get(number).toString());
        return child(child(PathTree.TOP, Roots.nameOf(thread), thread.object()), local, frame.object());
    }

    private int child(int from, EdgeName edge, int object) {
        return tree.child(from, tree.edges.idOf(edge), tree.types.idOf(typeOf(object)));
    }

    private EdgeName nameOf(int edge) {
        return switch (edge) {
            case HeapGraph.ELEMENT -> EdgeName.ELEMENT;
            case HeapGraph.CLASS_LOADER -> new EdgeName.Implicit("class loader");
            case HeapGraph.SUPER_CLASS -> new EdgeName.Implicit("superclass");
            case HeapGraph.OWN_CLASS -> new EdgeName.Implicit("class");
            case HeapGraph.SIGNERS, HeapGraph.PROTECTION_DOMAIN, HeapGraph.CONSTANT ->
                new EdgeName.Implicit("protection domain or signers");
            default -> {
                HeapField field = graph.fieldAt(edge);
                String declaring = ClassNames.stable(field.declaringClass().name());
                yield new EdgeName.Field(declaring, field.name(), field.isStatic());
            }
        };
    }
}
