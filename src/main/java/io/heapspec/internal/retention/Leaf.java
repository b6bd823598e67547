package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.util.ClassNames;
import java.util.Comparator;
import java.util.Optional;
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
        int node = accumulation.node();
        while (isInner(node, tree, facts)) {
            Optional<Integer> next = growth.growingChildren(node).stream()
                    .max(Comparator.comparing((Integer child) -> !isInner(child, tree, facts))
                            .thenComparing(child -> isStrongOfApplication(child, tree, facts))
                            .thenComparing(child -> facts.isSoftReference(tree.typeOf(child)))
                            .thenComparing(child -> !isKey(child, tree))
                            .thenComparingLong(growth::bytesBelow));
            if (next.isEmpty()) {
                return sameObject(node, tree, facts, graph, walk);
            }
            node = next.get();
        }
        node = ofApplication(node, tree, growth, facts);
        return new Leaf(node, tree.typeOf(node), null);
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
                .orElse(node);
    }

    private static boolean isWrapper(int node, PathTree tree, ClassFacts facts) {
        String type = tree.typeOf(node);
        boolean stays = facts.isA(type, "java.lang.Thread")
                || facts.isA(type, "java.lang.ClassLoader")
                || facts.isA(type, "java.lang.ref.Reference")
                || type.equals("java.lang.Class");
        return !stays && (!facts.isOfApplication(type) || type.contains("$$Lambda"));
    }

    /** Tells whether a path leads to an inner part of the nearest holder that is no array. */
    private static boolean isInner(int node, PathTree tree, ClassFacts facts) {
        int holder = tree.parentOf(node);
        while (holder != PathTree.TOP && tree.typeOf(holder).endsWith("[]")) {
            holder = tree.parentOf(holder);
        }
        return holder != PathTree.TOP && facts.isInnerPart(tree.typeOf(node), tree.typeOf(holder));
    }

    private static boolean isStrongOfApplication(int node, PathTree tree, ClassFacts facts) {
        String type = tree.typeOf(node);
        return facts.isOfApplication(type) && !facts.isSoftReference(type) && !isKey(node, tree);
    }

    private static boolean isKey(int node, PathTree tree) {
        return tree.edgeOf(node) instanceof EdgeName.Field field && field.name().equals("key");
    }

    /** Names the object that an array, or an entry, at this path holds: the last one that is no inner part itself. */
    private static Leaf sameObject(int node, PathTree tree, ClassFacts facts, HeapGraph graph, Walk walk) {
        String own = tree.typeOf(node);
        Held held = new Held(new EdgeName.Implicit("reference"), own);
        for (int object = 0; object < graph.objectCount() && held.type().equals(own); object++) {
            if (walk.pathOf(object) == node) {
                held = lastHeld(object, held, facts, graph, walk);
            }
        }
        return new Leaf(node, held.type(), held.edge());
    }

    private static Held lastHeld(int object, Held none, ClassFacts facts, HeapGraph graph, Walk walk) {
        Held[] last = {none};
        walk.forEachHeld(object, (edge, target) -> {
            String type = ClassNames.stable(graph.classOf(target).name());
            if (!facts.isInnerPart(type, none.type()) && !type.equals(none.type())) {
                last[0] = new Held(walk.nameOf(edge), type);
            }
        });
        return last[0];
    }

    private record Held(EdgeName edge, String type) {}
}
