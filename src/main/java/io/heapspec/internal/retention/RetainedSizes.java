package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReferenceBatch;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What would die with the objects at each accumulation point: everything that is reached from them and, without them, not at all.
 * What two accumulation points hold together is retained by neither alone.
 *
 * <p>Only what is reached from accumulated objects is followed. All else is read once, in the order of addresses, for references into
 * that part: what they lead to stays.
 */
final class RetainedSizes {

    private static final byte SHARED = Byte.MAX_VALUE;

    private final HeapGraph graph;
    private final Walk walk;
    private final int[] groupOfPath;
    private final BitSet accumulated = new BitSet();
    private final BitSet below = new BitSet();
    private final BitSet heldElsewhere = new BitSet();
    private final Ints open = new Ints();
    private final int[] group = new int[ReferenceBatch.SIZE];
    private final byte[] owner;
    private final long[] bytes;
    private final long[] objects;

    RetainedSizes(HeapGraph graph, PathTree tree, Walk walk, List<Accumulation> accumulations) {
        this.graph = graph;
        this.walk = walk;
        int groups = Math.min(accumulations.size(), SHARED - 1);
        bytes = new long[groups];
        objects = new long[groups];
        groupOfPath = new int[tree.size()];
        for (int i = 0; i < groups; i++) {
            if (!accumulations.get(i).referencesOnly()) {
                groupOfPath[accumulations.get(i).node()] = i + 1;
            }
        }
        findBelow();
        findHeldElsewhere();
        owner = new byte[below.length()];
        for (int object = accumulated.nextSetBit(0); object >= 0; object = accumulated.nextSetBit(object + 1)) {
            claim(object, (byte) groupOf(object));
        }
        sum();
    }

    /** Returns the retained size of all objects at an accumulation point together, in bytes. */
    long bytes(int group) {
        return group < bytes.length ? bytes[group] : 0;
    }

    /** Returns how many objects are retained by all objects at an accumulation point together. */
    long objects(int group) {
        return group < objects.length ? objects[group] : 0;
    }

    private int groupOf(int object) {
        int path = walk.pathOf(object);
        return path < 0 ? 0 : groupOfPath[path];
    }

    private void findBelow() {
        for (int object = 0; object < graph.objectCount(); object++) {
            if (groupOf(object) != 0) {
                accumulated.set(object);
                below.set(object);
                open.add(object);
            }
        }
        follow((source, edge, target) -> {
            if (!below.get(target)) {
                below.set(target);
                open.add(target);
            }
        });
    }

    private void findHeldElsewhere() {
        for (int i = 0; i < walk.rootObjects().size(); i++) {
            hold(walk.rootObjects().get(i));
        }
        int count = 0;
        for (int object = below.nextClearBit(0);
                object < graph.objectCount();
                object = below.nextClearBit(object + 1)) {
            if (walk.pathOf(object) >= 0) {
                group[count++] = object;
            }
            if (count == group.length) {
                walk.forEachHeldByAny(group, count, (source, edge, target) -> hold(target));
                count = 0;
            }
        }
        walk.forEachHeldByAny(group, count, (source, edge, target) -> hold(target));
        follow((source, edge, target) -> hold(target));
    }

    private void hold(int object) {
        if (below.get(object) && !accumulated.get(object) && !heldElsewhere.get(object)) {
            heldElsewhere.set(object);
            open.add(object);
        }
    }

    private void follow(ReferenceBatch.Visitor visitor) {
        for (int count; (count = open.take(group)) > 0; ) {
            // Addresses in order are read faster.
            Arrays.sort(group, 0, count);
            walk.forEachHeldByAny(group, count, visitor);
        }
    }

    private void claim(int start, byte number) {
        own(start, number);
        for (int count; (count = open.take(group)) > 0; ) {
            for (int i = 0; i < count; i++) {
                byte mine = owner[group[i]] == SHARED ? SHARED : number;
                walk.forEachHeld(group[i], (edge, target) -> {
                    boolean retained = accumulated.get(target)
                            ? groupOf(target) == number
                            : walk.pathOf(target) >= 0 && !heldElsewhere.get(target);
                    if (retained) {
                        own(target, mine);
                    }
                });
            }
        }
    }

    private void own(int object, byte number) {
        if (owner[object] != number && owner[object] != SHARED) {
            owner[object] = owner[object] == 0 ? number : SHARED;
            open.add(object);
        }
    }

    private void sum() {
        for (int object = 0; object < owner.length; object++) {
            if (owner[object] != 0 && owner[object] != SHARED) {
                bytes[owner[object] - 1] += graph.shallowSize(object);
                objects[owner[object] - 1]++;
            }
        }
    }
}
