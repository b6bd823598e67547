package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Places where something piles up only because something else does: the entries of a second index that holds the same objects, weak
 * references to what is leaked, their registries. They are no leak of their own: a reader who is told of each looks for a cause in each.
 *
 * <p>What an echo leads to has its path elsewhere, below another place where it piles up. An object of the application, a thread, a class or a
 * loader is never an echo.
 */
final class Echoes {

    /** Entries that are looked at; those that were added are among them, wherever they lie. */
    private static final int MOST_ENTRIES = 1 << 16;

    /** Objects of an entry: its node, a reference, an array. */
    private static final int MOST_PARTS = 16;

    private final HeapGraph graph;
    private final Walk walk;
    private final PathTree tree;
    private final Growth growth;
    private final ClassFacts facts;

    Echoes(Comparison dumps, Growth growth, ClassFacts facts) {
        this.graph = dumps.last;
        this.walk = dumps.walk;
        this.tree = dumps.tree;
        this.growth = growth;
        this.facts = facts;
    }

    /** Tells whether what is leaked there may be an echo: nothing that anybody but the JDK made. */
    boolean isPossibleAt(Accumulation accumulation, Leaf leaf) {
        String type = leaf.type();
        boolean stays = facts.isA(type, "java.lang.Thread")
                || facts.isA(type, "java.lang.ClassLoader")
                || type.equals("java.lang.Class");
        return accumulation.unit() == Accumulation.Unit.OBJECTS
                && !stays
                && (!facts.isOfApplication(type) || facts.isA(type, "java.lang.ref.Reference"));
    }

    /**
     * Tells whether as many entries of a place lead to what piles up at others as were added, or nearly so; which of them were is not known.
     *
     * @param firm other places, none of them an echo
     */
    boolean leadsTo(List<Accumulation> firm, Accumulation accumulation) {
        if (firm.isEmpty()) {
            return false;
        }
        long enough = (accumulation.growth() + 1) / 2;
        int entries = 0;
        for (int object = 0; object < graph.objectCount() && entries < MOST_ENTRIES && enough > 0; object++) {
            if (walk.pathOf(object) == accumulation.node()) {
                entries++;
                enough -= leadsTo(firm, accumulation.node(), object) ? 1 : 0;
            }
        }
        return enough <= 0;
    }

    private boolean leadsTo(List<Accumulation> firm, int node, int entry) {
        Deque<Integer> open = new ArrayDeque<>(List.of(entry));
        BitSet seen = new BitSet();
        boolean[] found = {false};
        for (int parts = 0; parts < MOST_PARTS && !open.isEmpty() && !found[0]; parts++) {
            // Weak references, too: they are what a registry of them has.
            graph.forEachReference(open.remove(), (edge, target) -> {
                int path = walk.pathOf(target);
                if (path <= PathTree.TOP || seen.get(target)) {
                    return;
                }
                seen.set(target);
                if (tree.isBelow(path, node)) {
                    open.add(target);
                } else {
                    found[0] |= growth.own(path) > 0 && firm.stream().anyMatch(each -> tree.isBelow(path, each.node()));
                }
            });
        }
        return found[0];
    }
}
