package io.heapspec.internal.retention;

import java.util.Arrays;

/** How many objects, bytes and array elements a dump has at each path name. */
final class PathCounts {

    private int[] objects = new int[1 << 12];
    private long[] bytes = new long[1 << 12];
    private int[] elements = new int[1 << 12];

    PathCounts copy() {
        PathCounts copy = new PathCounts();
        copy.objects = objects.clone();
        copy.bytes = bytes.clone();
        copy.elements = elements.clone();
        return copy;
    }

    void addObject(int node, long size) {
        room(node);
        objects[node]++;
        bytes[node] += size;
    }

    /** Counts a reference that an array at this path holds. Only these show that one object is added again and again. */
    void addElement(int node) {
        elements[node]++;
    }

    long objects(int node) {
        return node < objects.length ? objects[node] : 0;
    }

    long bytes(int node) {
        return node < bytes.length ? bytes[node] : 0;
    }

    long elements(int node) {
        return node < elements.length ? elements[node] : 0;
    }

    private void room(int node) {
        if (node >= objects.length) {
            int length = Math.max(node + 1, objects.length * 2);
            objects = Arrays.copyOf(objects, length);
            bytes = Arrays.copyOf(bytes, length);
            elements = Arrays.copyOf(elements, length);
        }
    }
}
