package io.heapspec.heap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Paths and dominators in the plainest way, to check quicker ones: from the definition, without any data structure in common. */
final class BruteForce {
    private final HeapGraph graph;
    private final List<List<Integer>> held = new ArrayList<>();

    BruteForce(HeapGraph graph) {
        this.graph = graph;
        for (int object = 0; object < graph.objectCount(); object++) {
            List<Integer> targets = new ArrayList<>();
            int holder = object;
            graph.forEachReference(object, (edge, target) -> {
                if (!isReferent(holder, edge)) {
                    targets.add(target);
                }
            });
            HeapClass own = graph.classOf(object);
            if (own.object() >= 0 && !isOfTheJvm(own)) {
                targets.add(own.object());
            }
            held.add(targets);
        }
    }

    private boolean isReferent(int holder, int edge) {
        return edge >= 0
                && graph.fieldAt(edge).toString().equals("java.lang.ref.Reference.referent")
                && graph.classOf(holder).referenceStrength() != ReferenceStrength.STRONG;
    }

    private boolean isOfTheJvm(HeapClass each) {
        return each.loaderObject() < 0
                || graph.classOf(each.loaderObject()).name().startsWith("jdk.internal.loader.ClassLoaders$");
    }

    /** Returns the roots of one of the phases in which {@link RootOrder#EXPLAINING} searches. */
    int[] roots(int phase) {
        List<Integer> roots = new ArrayList<>();
        for (int c = 0; phase == 0 && c < graph.classCount(); c++) {
            HeapClass each = graph.classAt(c);
            if (each.object() >= 0 && isOfTheJvm(each)) {
                roots.add(each.object());
            }
        }
        for (GcRoot root : graph.roots()) {
            boolean frame = root instanceof GcRoot.JavaFrame || root instanceof GcRoot.JniLocal;
            boolean thread = root instanceof GcRoot.ThreadObject;
            if (phase == (thread ? 0 : frame ? 1 : 2)) {
                roots.add(root.object());
            }
        }
        return roots.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] allRoots() {
        int[] all = Arrays.copyOf(roots(0), roots(0).length + roots(1).length + roots(2).length);
        System.arraycopy(roots(1), 0, all, roots(0).length, roots(1).length);
        System.arraycopy(roots(2), 0, all, roots(0).length + roots(1).length, roots(2).length);
        return all;
    }

    boolean isHeld(int holder, int target) {
        return held.get(holder).contains(target);
    }

    /** Returns the number of references from the nearest of some objects to each, or -1. */
    int[] distances(int[] starts, int without) {
        int[] distances = new int[graph.objectCount()];
        Arrays.fill(distances, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int start : starts) {
            if (start != without && distances[start] < 0) {
                distances[start] = 0;
                open.add(start);
            }
        }
        while (!open.isEmpty()) {
            int at = open.remove();
            for (int target : held.get(at)) {
                if (target != without && distances[target] < 0) {
                    distances[target] = distances[at] + 1;
                    open.add(target);
                }
            }
        }
        return distances;
    }

    /** Returns what dies with an object: what is reachable, and no more without it. */
    BitSet retained(int object) {
        int[] with = distances(allRoots(), -1);
        int[] without = distances(allRoots(), object);
        BitSet retained = new BitSet();
        for (int each = 0; each < with.length; each++) {
            retained.set(each, with[each] >= 0 && without[each] < 0);
        }
        return retained;
    }

    long size(BitSet objects) {
        return objects.stream().mapToLong(graph::shallowSize).sum();
    }
}
