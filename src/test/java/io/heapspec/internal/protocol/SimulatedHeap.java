package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import java.util.LinkedHashMap;
import java.util.Map;

/** A live set made of numbers, so that a decision rule can be tried on exactly the growth it is about. */
final class SimulatedHeap implements LiveSet {

    final ClassTable classes = new ClassTable();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private int collections;

    SimulatedHeap() {
        for (String name : new String[] {"java.lang.String", "[B", "[Ljava.lang.Object;", "com.acme.Session"}) {
            add(name, 1000);
        }
    }

    void add(String name, long objects) {
        counts.merge(name, objects, Long::sum);
    }

    int collections() {
        return collections;
    }

    @Override
    public Census count() {
        collections++;
        StringBuilder text = new StringBuilder(" num     #instances         #bytes  class name (module)\n");
        counts.forEach((name, objects) -> text.append("   1:  ")
                .append(objects)
                .append("  ")
                .append(objects * 16)
                .append("  ")
                .append(name)
                .append('\n'));
        try {
            return new Histograms(classes).parse(text.toString());
        } catch (HistogramUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void collect() {
        collections++;
    }
}
