package io.heapspec.heap;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The references of a graph backwards: which objects refer to an object.
 *
 * <pre>{@code
 * IncomingReferences incoming = IncomingReferences.of(graph);
 * incoming.holdersOf(session).forEach(holder -> System.out.println(graph.classOf(holder).name()));
 * }</pre>
 *
 * <p>These are the references that {@link HeapGraph#forEachReference} visits, weak ones included: not each of them keeps
 * the object alive, nor need the holder be alive itself. {@link PathFinder} says what does. Takes two passes over all
 * references, and 4 bytes for each object and for each reference.
 *
 * <p>Immutable and thread-safe; it does not need the graph any more.
 *
 * @since 0.1
 */
public final class IncomingReferences {
    /** Where the references to each object end; they begin where those to the one before end. */
    private final PagedInts ends;

    private final PagedInts holders;

    private IncomingReferences(HeapGraph graph) {
        ends = new PagedInts(graph.objectCount());
        forEachReference(graph, (holder, edge, target) -> ends.set(target, ends.get(target) + 1));
        holders = new PagedInts(beginnings(graph.objectCount()));
        forEachReference(graph, (holder, edge, target) -> {
            int place = ends.get(target);
            holders.set(place, holder);
            ends.set(target, place + 1);
        });
    }

    /** Turns numbers into places: where the references to each object begin. */
    private int beginnings(int objects) {
        int sum = 0;
        for (int object = 0; object < objects; object++) {
            int count = ends.get(object);
            ends.set(object, sum);
            sum = Math.addExact(sum, count);
        }
        return sum;
    }

    private static void forEachReference(HeapGraph graph, ReferenceBatch.Visitor visitor) {
        ReferenceBatch batch = graph.newBatch();
        int[] group = new int[ReferenceBatch.SIZE];
        int count = graph.objectCount();
        for (int from = 0; from < count; from += group.length) {
            int first = from;
            Arrays.setAll(group, i -> first + i);
            batch.forEachReference(group, 0, Math.min(group.length, count - from), visitor);
        }
    }

    /**
     * Turns the references of a graph round.
     *
     * @throws ArithmeticException if there are more than 2,147 million of them
     */
    public static IncomingReferences of(HeapGraph graph) {
        return new IncomingReferences(graph);
    }

    /**
     * Returns how many references to an object there are; an array that holds it twice counts twice.
     *
     * @throws IndexOutOfBoundsException if the object does not exist
     */
    public int count(int object) {
        return ends.get(object) - beginning(object);
    }

    /**
     * Returns the objects that refer to an object, each once, in ascending order.
     *
     * @throws IndexOutOfBoundsException if the object does not exist
     */
    public IntStream holdersOf(int object) {
        int first = beginning(object);
        return IntStream.range(first, ends.get(object))
                .filter(place -> place == first || holders.get(place) != holders.get(place - 1))
                .map(holders::get);
    }

    private int beginning(int object) {
        return object == 0 ? 0 : ends.get(object - 1);
    }
}
