package io.heapspec.heap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many objects of each class a dump has, and how large they are together; class by class what {@code jmap -histo}
 * prints of a running JVM, and largest first like that.
 *
 * <p>All objects of the dump count, reachable or not. Sizes are shallow, in bytes, as laid out in the dumped VM
 * ({@link HeapGraph#layout()}).
 *
 * @param rows a row for each class that has objects, largest first, then by name
 * @since 0.1
 */
public record ClassHistogram(List<Row> rows) {
    /** Copies the list. */
    public ClassHistogram {
        rows = List.copyOf(rows);
    }

    /**
     * The objects of one class.
     *
     * @param type the class; there may be several of one name
     * @param objects how many there are, those of subclasses not included
     * @param bytes their shallow size together
     */
    public record Row(HeapClass type, long objects, long bytes) {}

    /** Counts the objects of a graph, in time in proportion to their number. */
    public static ClassHistogram of(HeapGraph graph) {
        long[] objects = new long[graph.classCount()];
        long[] bytes = new long[graph.classCount()];
        for (int object = 0; object < graph.objectCount(); object++) {
            int number = graph.classIndexOf(object);
            objects[number]++;
            bytes[number] += graph.shallowSize(object);
        }
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < objects.length; number++) {
            if (objects[number] > 0) {
                rows.add(new Row(graph.classAt(number), objects[number], bytes[number]));
            }
        }
        rows.sort(Comparator.comparingLong(Row::bytes)
                .reversed()
                .thenComparing(row -> row.type().name()));
        return new ClassHistogram(rows);
    }

    /** Returns the number of all objects. */
    public long objects() {
        return rows.stream().mapToLong(Row::objects).sum();
    }

    /** Returns the shallow size of all objects together, in bytes. */
    public long bytes() {
        return rows.stream().mapToLong(Row::bytes).sum();
    }

    /** Returns the number of objects of the classes with a name; 0 if there is no such class. */
    public long objectsOf(String className) {
        return rows.stream()
                .filter(row -> row.type().name().equals(className))
                .mapToLong(Row::objects)
                .sum();
    }
}
