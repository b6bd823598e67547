package io.heapspec.bench;

import java.util.Arrays;

/** Something that is live all the time: 600,000 objects of 48 B and the array that holds them. */
final class Ballast {

    private static final int OBJECTS = 600_000;

    private static Object[] live = {};

    private Ballast() {}

    static void load() {
        Object[] objects = new Object[OBJECTS];
        Arrays.setAll(objects, i -> new long[4]);
        live = objects;
    }

    static int objects() {
        return live.length;
    }
}
