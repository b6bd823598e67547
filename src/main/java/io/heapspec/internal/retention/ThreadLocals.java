package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names the {@code ThreadLocal} whose value a chain leads through. A thread keeps values in a table, by keys that the table does not hold:
 * whose value it is tells the field that holds the key.
 *
 * <p>All values on one thread have one path, up to their class. So of several the one is named below which most of what is leaked lies.
 */
final class ThreadLocals {

    static final String ENTRY = "java.lang.ThreadLocal$ThreadLocalMap$Entry";
    private static final String VALUE = "value";
    /** What stands before the name of a field that holds the key not itself, but what does. */
    private static final String IN = "in ";

    private final HeapGraph graph;
    private final Walk walk;
    private final PathTree tree;
    private final Chain chain;

    ThreadLocals(HeapGraph graph, Walk walk, PathTree tree, Chain chain) {
        this.graph = graph;
        this.walk = walk;
        this.tree = tree;
        this.chain = chain;
    }

    /**
     * Puts the name of the ThreadLocal, where there is one, into a chain.
     *
     * @param leaked the path of what is leaked
     */
    List<Hop> named(List<Hop> hops, int leaked) {
        List<Hop> named = new ArrayList<>(hops);
        named.replaceAll(hop -> isValue(hop.edge())
                ? new Hop(hop.node(), hop.holder(), new EdgeName.OfThreadLocal(keyOf(hop.node(), leaked)), hop.type())
                : hop);
        return named;
    }

    /** Tells whether an edge leads from an entry of a thread's table to the value. */
    static boolean isValue(EdgeName edge) {
        return edge instanceof EdgeName.Field field
                && field.declaringClass().equals(ENTRY)
                && field.name().equals(VALUE);
    }

    private String keyOf(int values, int leaked) {
        Map<String, Long> leakedBy = new TreeMap<>();
        BitSet seen = new BitSet();
        graph.objectsOf(ENTRY).forEach(entry -> {
            int value = graph.referenceField(entry, ENTRY, VALUE);
            if (value >= 0 && walk.pathOf(value) == values) {
                leakedBy.merge(keyOf(entry), leakedBelow(value, values, leaked, seen), Long::sum);
            }
        });
        return leakedBy.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private String keyOf(int entry) {
        int key = graph.referenceField(entry, "java.lang.ref.Reference", "referent");
        int path = key < 0 ? -1 : walk.pathOf(key);
        return path < 0 ? "" : nameOf(chain.hops(path));
    }

    /** Returns the bytes, without what they hold, of the leaked objects that a value leads to: of an array they tell how much it holds. */
    private long leakedBelow(int value, int values, int leaked, BitSet seen) {
        long bytes = 0;
        Deque<Integer> open = new ArrayDeque<>();
        open.push(value);
        seen.set(value);
        while (!open.isEmpty()) {
            int object = open.pop();
            bytes += walk.pathOf(object) == leaked ? graph.shallowSize(object) : 0;
            walk.forEachHeld(object, (edge, target) -> {
                int path = walk.pathOf(target);
                if (path >= 0 && !seen.get(target) && tree.isBelow(path, values)) {
                    seen.set(target);
                    open.push(target);
                }
            });
        }
        return bytes;
    }

    /**
     * Names a ThreadLocal by the path that leads to it: by the field that holds it, or, if that is a part of the JDK or a collection, by the last
     * field of other code before that.
     */
    static String nameOf(List<Hop> hops) {
        for (int i = hops.size() - 1; i >= 0; i--) {
            String field = fieldOf(hops.get(i).edge());
            if (hops.get(i).edge() instanceof EdgeName.OfThreadLocal
                    || isValue(hops.get(i).edge())) {
                return IN + "its own value";
            } else if (!field.isEmpty() && !ClassFacts.isOfJdk(field)) {
                return i == hops.size() - 1 ? field : IN + field;
            }
        }
        return hops.isEmpty() ? "" : fieldOf(hops.get(hops.size() - 1).edge());
    }

    private static String fieldOf(EdgeName edge) {
        if (edge instanceof EdgeName.Root root && root.text().startsWith(AllowedRetention.STATIC)) {
            return root.text().substring(AllowedRetention.STATIC.length());
        }
        return edge instanceof EdgeName.Field field ? field.declaringClass() + "." + field.name() : "";
    }
}
