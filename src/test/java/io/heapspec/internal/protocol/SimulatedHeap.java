package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.HistogramUnavailableException;
import io.heapspec.internal.census.Histograms;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A live set made of numbers, so that a decision rule can be tried on exactly the growth it is about. */
final class SimulatedHeap implements LiveSet {

    private static final int COMPLETE_COMPACTION = 4;

    final ClassTable classes = new ClassTable();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Long> weaklyReachable = new LinkedHashMap<>();
    private final Map<String, Long> leaving = new LinkedHashMap<>();
    private final Map<String, Long> bytesMore = new LinkedHashMap<>();
    private int collections;
    private int gaps;
    private boolean leavesGaps;
    private boolean countsWithoutCollecting;

    SimulatedHeap() {
        for (String name : new String[] {"java.lang.String", "[B", "[I", "[Ljava.lang.Object;", "com.acme.Session"}) {
            add(name, 1000);
        }
    }

    /** Lets each collection leave one more gap, and every fourth none. */
    SimulatedHeap leavingGaps() {
        leavesGaps = true;
        return this;
    }

    /** Lets this heap count without collecting first. */
    SimulatedHeap countingWithoutCollecting() {
        countsWithoutCollecting = true;
        return this;
    }

    void add(String name, long objects) {
        counts.merge(name, objects, Long::sum);
    }

    /** Adds bytes to objects that there are already, as to arrays that are replaced by longer ones. */
    void lengthen(String name, long bytes) {
        bytesMore.merge(name, bytes, Long::sum);
    }

    /** Adds objects that the next collection takes. */
    void addWeaklyReachable(String name, long objects) {
        weaklyReachable.merge(name, objects, Long::sum);
    }

    /** Adds objects that the next count still sees, and no other: cleaners of what its collection finds to be gone. */
    void addLeaving(String name, long objects) {
        leaving.merge(name, objects, Long::sum);
        counts.putIfAbsent(name, 0L);
    }

    int collections() {
        return collections;
    }

    @Override
    public Census count() {
        collect();
        Census census = census();
        leaving.clear();
        return census;
    }

    @Override
    public @Nullable Census countReachable() {
        return countsWithoutCollecting ? census() : null;
    }

    private Census census() {
        StringBuilder text = new StringBuilder(" num     #instances         #bytes  class name (module)\n");
        counts.forEach((name, objects) -> {
            long all = objects
                    + weaklyReachable.getOrDefault(name, 0L)
                    + leaving.getOrDefault(name, 0L)
                    + (name.equals("[I") ? gaps : 0);
            text.append("   1:  ")
                    .append(all)
                    .append("  ")
                    .append(all * 16 + bytesMore.getOrDefault(name, 0L))
                    .append("  ")
                    .append(name)
                    .append('\n');
        });
        try {
            return new Histograms(classes).parse(text.toString());
        } catch (HistogramUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void collect() {
        collections++;
        weaklyReachable.clear();
        gaps = !leavesGaps || isCompact() ? 0 : gaps + 1;
    }

    @Override
    public Census countCompact() {
        while ((collections + 1) % COMPLETE_COMPACTION != 0) {
            collect();
        }
        return count();
    }

    @Override
    public boolean mayHaveGaps() {
        return leavesGaps;
    }

    @Override
    public boolean isCompact() {
        return collections % COMPLETE_COMPACTION == 0;
    }
}
