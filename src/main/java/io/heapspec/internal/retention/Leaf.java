package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.util.ClassNames;
import java.util.Comparator;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the object that a reader calls leaked. What piles up in a map are its entries; what is leaked is what they hold. An inner part
 * of its holder is passed through until something else is found.
 *
 * @param node the path of the leaked object
 * @param type its class
 * @param lastEdge what leads to it from the object at that path, if it is one object that was there, held by ever more references; else
 *     null
 */
record Leaf(int node, String type, @Nullable EdgeName lastEdge) {

    boolean referencesOnly() {
        return lastEdge != null;
    }

    static Leaf below(
            Accumulation accumulation, PathTree tree, Growth growth, ClassFacts facts, HeapGraph graph, Walk walk) {
        if (accumulation.referencesOnly()) {
            return sameObject(accumulation.node(), tree, facts, graph, walk);
        }
        if (accumulation.bytesOnly()) {
            return new Leaf(accumulation.node(), tree.typeOf(accumulation.node()), null);
        }
        int outer = outsideOfHolder(accumulation.node(), tree, growth, facts);
        if (isInner(outer, tree, facts)) {
            return sameObject(outer, tree, facts, graph, walk);
        }
        int node = ofApplication(outer, tree, growth, facts);
        return new Leaf(node, tree.typeOf(node), null);
    }

    /** Passes through inner parts by all ways at once, and takes the end of the best; an inner part where there is no way out. */
    private static int outsideOfHolder(int node, PathTree tree, Growth growth, ClassFacts facts) {
        if (!isInner(node, tree, facts)) {
            return node;
        }
        return growth.growingChildren(node).stream()
                .map(child -> outsideOfHolder(child, tree, growth, facts))
                .max(Comparator.comparing((Integer end) -> !isInner(end, tree, facts))
                        .thenComparing(end -> isStrongOfApplication(end, tree, facts))
                        .thenComparing(end -> facts.isSoftReference(tree.typeOf(end)))
                        .thenComparing(end -> !isKey(end, tree))
                        .thenComparingLong(growth::bytesBelow))
                .orElse(node);
    }

    /**
     * Follows what the JDK wraps, as an executor does with a task, to the first object of the application's own classes, and what a lambda
     * captured. Threads, classes and loaders are what is leaked, whatever they hold.
     */
    private static int ofApplication(int node, PathTree tree, Growth growth, ClassFacts facts) {
        if (!isWrapper(node, tree, facts)) {
            return node;
        }
        return growth.growingChildren(node).stream()
                .sorted(Comparator.comparingLong(growth::bytesBelow).reversed())
                .map(child -> ofApplication(child, tree, growth, facts))
                .filter(found -> facts.isOfApplication(tree.typeOf(found)))
                .findFirst()
                .orElseGet(() -> ofPublic(node, tree, growth));
    }

    /** Follows what the JDK wraps in classes that nobody has heard of, to the first that is public, where there is one; those are parts of others. */
    private static int ofPublic(int node, PathTree tree, Growth growth) {
        if (tree.typeOf(node).indexOf('$') < 0) {
            return node;
        }
        int at = node;
        while (at >= 0 && !ClassFacts.isPublicOfJdk(tree.typeOf(at))) {
            at = growth.growingChildren(at).stream()
                    .max(Comparator.comparingLong(growth::bytesBelow))
                    .orElse(-1);
        }
        return at >= 0 ? at : node;
    }

    private static boolean isWrapper(int node, PathTree tree, ClassFacts facts) {
        String type = tree.typeOf(node);
        boolean stays = facts.isA(type, "java.lang.Thread")
                || facts.isA(type, "java.lang.ClassLoader")
                || facts.isA(type, "java.lang.ref.Reference")
                || type.equals("java.lang.Class");
        return !stays && (!facts.isOfApplication(type) || type.contains("$$Lambda"));
    }

    /**
     * Tells whether a path leads to an inner part of its holder. The holder is more than an array, or what the JDK wraps around one; but what a
     * collection of the JDK holds is an element, whatever class it is nested in. A soft reference is never passed through: what it is part of
     * goes when memory is short.
     */
    private static boolean isInner(int node, PathTree tree, ClassFacts facts) {
        if (facts.isSoftReference(tree.typeOf(node))) {
            return false;
        }
        boolean ofJdk = ClassFacts.isOfJdk(tree.typeOf(node));
        boolean wrapped = false;
        int holder = tree.parentOf(node);
        while (holder != PathTree.TOP && (isArray(holder, tree) || !ofJdk && isWrapping(holder, tree, facts))) {
            wrapped |= !isArray(holder, tree);
            holder = tree.parentOf(holder);
        }
        if (holder == PathTree.TOP || wrapped && facts.jdkCollection(tree.typeOf(holder)) != null) {
            return false;
        }
        return facts.isInnerPart(tree.typeOf(node), tree.typeOf(holder));
    }

    private static boolean isArray(int node, PathTree tree) {
        return tree.typeOf(node).endsWith("[]");
    }

    private static boolean isWrapping(int node, PathTree tree, ClassFacts facts) {
        String type = tree.typeOf(node);
        return ClassFacts.isOfJdk(type) && facts.jdkCollection(type) == null;
    }

    private static boolean isStrongOfApplication(int node, PathTree tree, ClassFacts facts) {
        String type = tree.typeOf(node);
        return facts.isOfApplication(type) && !facts.isSoftReference(type) && !isKey(node, tree);
    }

    private static boolean isKey(int node, PathTree tree) {
        return tree.edgeOf(node) instanceof EdgeName.Field field && field.name().equals("key");
    }

    /**
     * Names the object that an array, or the entries at this path, hold: the last one that is no inner part itself. Entries that hold one each
     * are what is leaked themselves.
     */
    private static Leaf sameObject(int node, PathTree tree, ClassFacts facts, HeapGraph graph, Walk walk) {
        String own = tree.typeOf(node);
        IntPredicate isHolder = target -> isAbove(walk.pathOf(target), node, tree);
        Held first = new Held(new EdgeName.Implicit("reference"), own, -1);
        int entries = 0;
        int same = 0;
        for (int object = 0; object < graph.objectCount(); object++) {
            if (walk.pathOf(object) == node) {
                Held held = lastHeld(object, own, isHolder, facts, graph, walk);
                first = first.object() < 0 ? held : first;
                entries++;
                same += held.object() == first.object() ? 1 : 0;
            }
        }
        boolean shared = own.endsWith("[]") || first.object() >= 0 && same * 2 > entries;
        return shared ? new Leaf(node, first.type(), first.edge()) : new Leaf(node, own, null);
    }

    private static boolean isAbove(int path, int node, PathTree tree) {
        return path > PathTree.TOP && path != node && tree.isBelow(node, path);
    }

    private static Held lastHeld(
            int object, String own, IntPredicate isHolder, ClassFacts facts, HeapGraph graph, Walk walk) {
        Held[] last = {new Held(new EdgeName.Implicit("reference"), own, -1)};
        walk.forEachHeld(object, (edge, target) -> {
            String type = ClassNames.stable(graph.classOf(target).name());
            EdgeName name = walk.nameOf(edge);
            if (!facts.isInnerPart(type, own) && !type.equals(own) && !isHolder.test(target) && !isOfReferences(name)) {
                last[0] = new Held(name, type, target);
            }
        });
        return last[0];
    }

    /** The queue of a reference is how it works, and nothing that it holds for anybody. */
    private static boolean isOfReferences(EdgeName edge) {
        return edge instanceof EdgeName.Field field && field.declaringClass().equals("java.lang.ref.Reference");
    }

    private record Held(EdgeName edge, String type, int object) {}
}
