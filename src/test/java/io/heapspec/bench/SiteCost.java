package io.heapspec.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.monitoring.runtime.instrumentation.AllocationRecorder;
import com.sun.management.ThreadMXBean;
import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracingAgent;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures, in this JVM, how long reading a JSON document takes while somebody looks at what it allocates: nobody, the thread's own counter, our
 * probes, or the allocation instrumenter, whose agent this JVM was started with then.
 */
final class SiteCost {

    private static final int WARM = 40;
    private static final int DOCUMENTS = 500;
    private static final int ORDERS = 100;

    private static volatile @Nullable Object sink;

    private final ObjectMapper mapper = new ObjectMapper();
    private final String json = document();

    private SiteCost() {}

    /** Takes the file that microseconds, objects and bytes of a document are written to, and who looks. */
    public static void main(String[] args) throws Throwable {
        Files.writeString(Path.of(args[0]), new SiteCost().watchedBy(args[1]).text());
    }

    private Cost watchedBy(String watcher) throws Throwable {
        return switch (watcher) {
            case "nobody" -> new Cost(best(), 0, 0);
            case "counter" -> counted();
            case "probes" -> traced();
            case "instrumenter" -> sampled();
            default -> throw new IllegalArgumentException(watcher);
        };
    }

    private Cost counted() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double best = best();
        long before = threads.getCurrentThreadAllocatedBytes();
        double again = time();
        long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / DOCUMENTS;
        return new Cost(Math.min(best, again), 0, bytes);
    }

    private Cost traced() throws Throwable {
        read();
        try (AllocationTracer tracer = new TracingAgent().trace(SiteCost.class, Set.of())) {
            double[] best = {0};
            tracer.record(() -> best[0] = best());
            AllocationTrace trace = tracer.record(this::read);
            long objects =
                    trace.sites().stream().mapToLong(AllocationSite::objects).sum();
            long bytes = trace.sites().stream().mapToLong(AllocationSite::bytes).sum();
            return new Cost(best[0], objects, bytes);
        }
    }

    private Cost sampled() throws IOException {
        Counts counts = new Counts();
        AllocationRecorder.addSampler((length, type, made, size) -> counts.add(type, size));
        double best = best();
        counts.reset();
        read();
        return new Cost(best, counts.sum(0), counts.sum(1));
    }

    private double best() throws IOException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < WARM; i++) {
            best = Math.min(best, time());
        }
        return best;
    }

    private double time() throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < DOCUMENTS; i++) {
            read();
        }
        return (System.nanoTime() - start) / 1e3 / DOCUMENTS;
    }

    private void read() throws IOException {
        sink = mapper.readValue(json, Map.class);
    }

    private static String document() {
        StringBuilder text = new StringBuilder("{\"orders\":[");
        for (int i = 0; i < ORDERS; i++) {
            text.append(i > 0 ? "," : "")
                    .append("{\"id\":")
                    .append(i)
                    .append(",\"name\":\"item ")
                    .append(i)
                    .append("\",\"price\":")
                    .append(i * 1.5)
                    .append(",\"tags\":[\"a\",\"bb\",\"ccc\"],\"ok\":true}");
        }
        return text.append("]}").toString();
    }

    /** What a sampler adds up; one thread reads documents. */
    private static final class Counts {

        private final Map<String, long[]> byClass = new HashMap<>();

        void add(String type, long size) {
            long[] count = byClass.get(type);
            if (count == null) {
                byClass.put(type, count = new long[2]);
            }
            count[0]++;
            count[1] += size;
        }

        /** The classes stay: what noting a new one allocates would be counted. */
        void reset() {
            byClass.values().forEach(each -> Arrays.fill(each, 0));
        }

        long sum(int index) {
            return byClass.values().stream().mapToLong(each -> each[index]).sum();
        }
    }

    /**
     * What reading one document takes.
     *
     * @param micros the best time, in microseconds
     * @param objects how many objects the watcher counted; 0 if it counts none
     * @param bytes how many bytes it counted; 0 if it counts none
     */
    record Cost(double micros, long objects, long bytes) {

        String text() {
            return String.format(Locale.ROOT, "%.2f %d %d", micros, objects, bytes);
        }

        static Cost parse(String text) {
            String[] parts = text.split(" ");
            return new Cost(Double.parseDouble(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        Cost orFaster(@Nullable Cost other) {
            return other == null || micros <= other.micros ? this : other;
        }
    }
}
