package io.heapspec.internal.retention;

import io.heapspec.heap.HeapGraph;
import java.util.Arrays;
import java.util.List;

/**
 * What would die with the objects at each accumulation point: everything that is reached from them and, without them, not at all.
 * What two accumulation points hold together is retained by neither alone.
 */
final class RetainedSizes {

    private static final byte SHARED = Byte.MAX_VALUE;

    private final HeapGraph graph;
    private final Walk all;
    private final byte[] owner;
    private final long[] bytes;
    private final long[] objects;
    private int[] stack = new int[1024];
    private int depth;

    RetainedSizes(HeapGraph graph, Walk all, List<Accumulation> accumulations) {
        this.graph = graph;
        this.all = all;
        int groups = Math.min(accumulations.size(), SHARED - 1);
        bytes = new long[groups];
        objects = new long[groups];
        owner = new byte[graph.objectCount()];
        int[] groupOfPath = new int[pathLimit()];
        for (int group = 0; group < groups; group++) {
            if (!accumulations.get(group).referencesOnly()) {
                groupOfPath[accumulations.get(group).node()] = group + 1;
            }
        }
        Walk rest = all.without(path -> path < groupOfPath.length && groupOfPath[path] != 0);
        for (int object = 0; object < graph.objectCount(); object++) {
            int path = all.pathOf(object);
            int group = path < 0 ? 0 : groupOfPath[path];
            if (group != 0) {
                claim(object, (byte) group, rest, groupOfPath);
            }
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

    private int pathLimit() {
        int most = 0;
        for (int object = 0; object < graph.objectCount(); object++) {
            most = Math.max(most, all.pathOf(object));
        }
        return most + 1;
    }

    private void claim(int start, byte group, Walk rest, int[] groupOfPath) {
        push(start, group);
        while (depth > 0) {
            int object = stack[--depth];
            byte mine = owner[object] == SHARED ? SHARED : group;
            all.forEachHeld(object, (edge, target) -> {
                int path = all.pathOf(target);
                boolean ofOtherGroup = path >= 0 && groupOfPath[path] != 0 && groupOfPath[path] != group;
                if (path >= 0 && !ofOtherGroup && (!rest.isReached(target) || groupOfPath[path] == group)) {
                    push(target, mine);
                }
            });
        }
    }

    private void push(int object, byte group) {
        if (owner[object] == group || owner[object] == SHARED) {
            return;
        }
        owner[object] = owner[object] == 0 ? group : SHARED;
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = object;
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
