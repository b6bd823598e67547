package io.heapspec.internal.retention;

import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.PathElement;
import io.heapspec.result.RootKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Puts a path into a reader's words: collections of the JDK become one hop, the root is named, the accumulation point marked. */
final class Chain {

    /** What stands before the name of a ThreadLocal. */
    static final String THREAD_LOCAL = "thread local";

    private static final String THREAD = "java.lang.Thread";

    private final PathTree tree;
    private final ClassFacts facts;

    Chain(PathTree tree, ClassFacts facts) {
        this.tree = tree;
        this.facts = facts;
    }

    /** Returns the steps from the root to a path. */
    List<Hop> hops(int node) {
        Deque<Hop> hops = new ArrayDeque<>();
        for (int at = node; at != PathTree.TOP; at = tree.parentOf(at)) {
            int parent = tree.parentOf(at);
            String holder = parent == PathTree.TOP ? "" : tree.typeOf(parent);
            hops.addFirst(new Hop(at, holder, tree.edgeOf(at), tree.typeOf(at)));
        }
        return new ArrayList<>(hops);
    }

    /**
     * Words a chain.
     *
     * @param hops steps from the root to the leaked object
     * @param accumulation the path at which objects pile up
     * @param leakedClass class of the leaked object
     */
    GcRootPath describe(List<Hop> hops, int accumulation, String leakedClass) {
        int start = startsInFrame(hops, accumulation) ? 1 : 0;
        GcRootDescription root = start == 1 ? frame(hops) : root(hops.get(0).edge());
        List<PathElement> elements = new ArrayList<>();
        int at = start + 1;
        while (at < hops.size()) {
            int end = Math.max(collectionEnd(hops, at), threadLocalEnd(hops, at));
            Hop first = hops.get(at);
            boolean marked = passes(hops, at, end, accumulation);
            String label = label(hops, at, end);
            elements.add(new PathElement(first.holder(), declaring(first, label), label, marked));
            at = end + 1;
        }
        return new GcRootPath(root, hops.get(start).node() == accumulation, elements, leakedClass);
    }

    private static boolean passes(List<Hop> hops, int from, int to, int accumulation) {
        return hops.subList(from, to + 1).stream().anyMatch(hop -> hop.node() == accumulation);
    }

    /** A local variable is named as the root, unless it is its thread that there are ever more of. */
    private static boolean startsInFrame(List<Hop> hops, int accumulation) {
        return hops.size() > 1
                && hops.get(1).edge() instanceof EdgeName.Local
                && hops.get(0).edge() instanceof EdgeName.Root
                && hops.get(0).node() != accumulation;
    }

    private static GcRootDescription frame(List<Hop> hops) {
        EdgeName.Local local = (EdgeName.Local) hops.get(1).edge();
        String thread = ((EdgeName.Root) hops.get(0).edge()).text();
        return new GcRootDescription(RootKind.JAVA_FRAME, "local variable in " + local.frame() + " on " + thread);
    }

    private static GcRootDescription root(EdgeName edge) {
        return edge instanceof EdgeName.Root root
                ? new GcRootDescription(root.kind(), root.text())
                : new GcRootDescription(RootKind.OTHER, "the JVM itself");
    }

    private static String declaring(Hop hop, String label) {
        if (label.startsWith(THREAD_LOCAL)) {
            return THREAD;
        }
        return label.startsWith(".") && hop.edge() instanceof EdgeName.Field field
                ? field.declaringClass()
                : hop.holder();
    }

    private static String label(EdgeName.OfThreadLocal value) {
        return (THREAD_LOCAL + " " + value.key()).strip();
    }

    private String label(List<Hop> hops, int from, int to) {
        Hop first = hops.get(from);
        if (hops.get(to).edge() instanceof EdgeName.OfThreadLocal value) {
            return label(value);
        }
        Class<?> collection = to > from ? facts.jdkCollection(first.holder()) : null;
        if (collection != null) {
            return ClassFacts.elementLabel(collection);
        }
        EdgeName edge = first.edge();
        if (edge instanceof EdgeName.Field field) {
            return (field.isStatic() ? "static ." : ".") + field.name();
        } else if (edge instanceof EdgeName.Local local) {
            return "local variable in " + local.frame();
        } else if (edge instanceof EdgeName.Implicit implicit) {
            return "its " + implicit.what();
        } else if (edge instanceof EdgeName.Root root) {
            return root.text();
        }
        return "[*]";
    }

    /** Returns the index of the hop that leaves the JDK collection entered at {@code from}; {@code from} itself if it is none. */
    private int collectionEnd(List<Hop> hops, int from) {
        String holder = hops.get(from).holder();
        if (facts.jdkCollection(holder) == null || !isStorage(hops.get(from), holder)) {
            return from;
        }
        int at = from;
        String inside = holder;
        while (at + 1 < hops.size() && isInside(hops.get(at), inside)) {
            if (facts.jdkCollection(hops.get(at).type()) != null) {
                inside = hops.get(at).type();
            }
            at++;
        }
        return at;
    }

    /** Returns the index of the hop that leads to the value of a ThreadLocal, if a thread's table of them is entered at {@code from}. */
    private static int threadLocalEnd(List<Hop> hops, int from) {
        boolean table = hops.get(from).edge() instanceof EdgeName.Field field
                && field.declaringClass().equals(THREAD)
                && hops.get(from).type().equals("java.lang.ThreadLocal$ThreadLocalMap");
        for (int at = from; table && at < hops.size(); at++) {
            if (hops.get(at).edge() instanceof EdgeName.OfThreadLocal) {
                return at;
            }
        }
        return from;
    }

    /** The field of a collection class itself, not one that a subclass of the user's added. */
    private boolean isStorage(Hop hop, String holder) {
        return hop.edge() instanceof EdgeName.Field field
                && field.declaringClass().startsWith("java.util.")
                && !hop.type().equals(holder);
    }

    /** Tells whether a hop stays within the collection: it leads to its array, its entries, or the collection it wraps. */
    private boolean isInside(Hop hop, String collection) {
        if (facts.isInnerPart(hop.type(), collection)) {
            return true;
        }
        boolean ownField = hop.edge() instanceof EdgeName.Field field
                && field.declaringClass().startsWith("java.util.")
                && hop.holder().equals(collection);
        return ownField && (hop.type().endsWith("[]") || facts.jdkCollection(hop.type()) != null);
    }
}
