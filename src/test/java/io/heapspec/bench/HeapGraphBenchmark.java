package io.heapspec.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapDumpException;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReferenceBatch;
import io.heapspec.heap.ReferenceBuffer;
import io.heapspec.heap.ReferenceVisitor;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares opening a dump and searching it breadth first with a plain read of all its references.
 *
 * <p>Run with {@code mvn -q test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=io.heapspec.bench.HeapGraphBenchmark}; prints tables in Markdown. Each figure is the median of
 * three JVMs: CPU seconds of the whole process, from its start (so compilation and collection are included) to the end
 * of the first round, and the least of the ten rounds that follow in the same JVM.
 */
public final class HeapGraphBenchmark {
    private static final int JVMS = 3;
    private static final int ROUNDS = 11;
    private static final int ENTRIES = 200_000;

    private HeapGraphBenchmark() {}

    /** One thing to measure. */
    private enum Subject {
        BASELINE("two plain passes over all references"),
        OPEN("open"),
        VISITOR("open + search with visitor + 10 chains"),
        BUFFER("open + search with buffer + 10 chains"),
        BATCH("open + search in batches + 10 chains"),
        SORTED("open + search in batches, levels in address order + 10 chains"),
        SIZES("open + all shallow sizes");

        final String title;

        Subject(String title) {
            this.title = title;
        }
    }

    /** Without arguments measures everything; otherwise is the measured JVM, or the one to be dumped. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            measureAll();
        } else if (arguments[0].equals("dump")) {
            SubjectHeap.dump(Path.of(arguments[1]), ENTRIES);
        } else {
            measure(Subject.valueOf(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    private static void measureAll() throws Exception {
        Path dump = Files.createTempDirectory("heapspec-bench").resolve("subject.hprof");
        java(List.of("-Xmx1g", "-XX:+UseSerialGC"), List.of("dump", dump.toString()));
        try (HeapGraph graph = HeapGraph.open(dump)) {
            print(
                    "%,d objects, %,d bytes, %s%n%n",
                    graph.objectCount(), Files.size(dump), System.getProperty("java.vm.version"));
        }
        double[][] seconds = interleaved(dump);
        print("| what | first, CPU s | ratio | later, CPU s | ratio |%n| --- | --- | --- | --- | --- |%n");
        double[] base = seconds[0];
        for (Subject subject : Subject.values()) {
            double[] own = seconds[subject.ordinal()];
            print(
                    "| %s | %.2f | %.2f | %.3f | %.2f |%n",
                    subject.title, own[0], own[0] / base[0], own[1], own[1] / base[1]);
        }
        print("%nLeast heap that works: %s%n", leastHeap(dump));
        Files.delete(dump);
        Files.delete(dump.getParent());
    }

    /** Measures every subject in turn, several times, so that a busy spell of the machine hits all alike. */
    private static double[][] interleaved(Path dump) throws Exception {
        Subject[] subjects = Subject.values();
        double[][][] seconds = new double[subjects.length][2][JVMS];
        for (int i = 0; i < JVMS; i++) {
            for (Subject subject : subjects) {
                List<String> arguments = List.of(subject.name(), dump.toString(), String.valueOf(ROUNDS));
                String[] out =
                        java(List.of("-Xmx128m", "-XX:+UseSerialGC"), arguments).split(" ");
                seconds[subject.ordinal()][0][i] = Double.parseDouble(out[0]);
                seconds[subject.ordinal()][1][i] = Double.parseDouble(out[1]);
            }
        }
        return Arrays.stream(seconds)
                .map(both -> new double[] {median(both[0]), median(both[1])})
                .toArray(double[][]::new);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static String leastHeap(Path dump) throws Exception {
        List<String> results = new ArrayList<>();
        for (Subject subject : List.of(Subject.OPEN, Subject.SORTED)) {
            int least = 128;
            for (int mebibytes = 64; mebibytes >= 8; mebibytes -= 2) {
                try {
                    java(
                            List.of("-Xmx" + mebibytes + "m", "-XX:+UseSerialGC"),
                            List.of(subject.name(), dump.toString(), "1"));
                    least = mebibytes;
                } catch (IllegalStateException e) {
                    break;
                }
            }
            results.add("-Xmx" + least + "m for " + subject.title);
        }
        return String.join(", ", results);
    }

    private static String java(List<String> options, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), HeapGraphBenchmark.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
        return out;
    }

    private static String classPath() {
        return List.of(HeapGraph.class, HeapGraphBenchmark.class).stream()
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
    }

    private static void measure(Subject subject, Path dump, int rounds) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double first = 0;
        double later = Double.MAX_VALUE;
        long result = 0;
        for (int i = 0; i < rounds; i++) {
            long before = i == 0 ? 0 : system.getProcessCpuTime();
            result += run(subject, dump);
            double seconds = (system.getProcessCpuTime() - before) / 1e9;
            first = i == 0 ? seconds : first;
            later = i == 0 ? later : Math.min(later, seconds);
        }
        print("%.4f %.4f %d%n", first, later, result);
    }

    private static long run(Subject subject, Path dump) throws IOException {
        return switch (subject) {
            case BASELINE -> new PlainReader(dump).read() + new PlainReader(dump).read();
            case OPEN -> open(dump, graph -> {});
            case VISITOR -> open(dump, graph -> new Search(graph).withVisitor().chains(10));
            case BUFFER -> open(dump, graph -> new Search(graph).withBuffer().chains(10));
            case BATCH -> open(dump, graph -> new Search(graph).withBatches().chains(10));
            case SORTED ->
                open(dump, graph -> new Search(graph).withSortedLevels().chains(10));
            case SIZES -> open(dump, HeapGraphBenchmark::allSizes);
        };
    }

    private static long open(Path dump, Consumer<HeapGraph> use) throws HeapDumpException {
        try (HeapGraph graph = HeapGraph.open(dump)) {
            use.accept(graph);
            return graph.objectCount();
        }
    }

    private static void allSizes(HeapGraph graph) {
        long sum = 0;
        for (int i = 0; i < graph.objectCount(); i++) {
            sum += graph.shallowSize(i);
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing has a size");
        }
    }

    /** Breadth-first search from all roots that remembers each object's parent and edge. */
    private static final class Search {
        private final HeapGraph graph;
        private final int[] parents;
        private final int[] edges;
        private final int[] queue;
        private int end;
        private int current;

        Search(HeapGraph graph) {
            this.graph = graph;
            parents = new int[graph.objectCount()];
            edges = new int[graph.objectCount()];
            queue = new int[graph.objectCount()];
            Arrays.fill(parents, -1);
            for (GcRoot root : graph.roots()) {
                reach(-2, 0, root.object());
            }
        }

        private void reach(int source, int edge, int target) {
            if (parents[target] == -1) {
                parents[target] = source;
                edges[target] = edge;
                queue[end++] = target;
            }
        }

        Search withVisitor() {
            ReferenceVisitor visitor = (edge, target) -> reach(current, edge, target);
            for (int i = 0; i < end; i++) {
                current = queue[i];
                graph.forEachReference(current, visitor);
            }
            return this;
        }

        Search withBuffer() {
            ReferenceBuffer buffer = new ReferenceBuffer();
            for (int i = 0; i < end; i++) {
                int count = graph.referencesOf(queue[i], buffer);
                for (int r = 0; r < count; r++) {
                    reach(queue[i], buffer.edge(r), buffer.target(r));
                }
            }
            return this;
        }

        Search withBatches() {
            ReferenceBatch batch = graph.newBatch();
            ReferenceBatch.Visitor visitor = this::reach;
            for (int i = 0, to; i < end; i = to) {
                to = Math.min(end, i + ReferenceBatch.SIZE);
                batch.forEachReference(queue, i, to, visitor);
            }
            return this;
        }

        Search withSortedLevels() {
            ReferenceBatch batch = graph.newBatch();
            ReferenceBatch.Visitor visitor = this::reach;
            BitSet level = new BitSet(graph.objectCount());
            for (int i = 0, to; i < end; i = to) {
                to = end;
                sort(i, to, level);
                batch.forEachReference(queue, i, to, visitor);
            }
            return this;
        }

        private void sort(int from, int to, BitSet level) {
            if (to - from < graph.objectCount() / 256) {
                Arrays.sort(queue, from, to);
                return;
            }
            level.clear();
            for (int i = from; i < to; i++) {
                level.set(queue[i]);
            }
            int next = from;
            for (int o = level.nextSetBit(0); o >= 0; o = level.nextSetBit(o + 1)) {
                queue[next++] = o;
            }
        }

        void chains(int count) {
            if (end < graph.objectCount() * 0.9) {
                throw new IllegalStateException("reached only " + end);
            }
            for (int i = 1; i <= count; i++) {
                StringBuilder chain = new StringBuilder();
                for (int o = queue[(int) ((long) end * i / (count + 1))]; o >= 0; o = parents[o]) {
                    chain.append(graph.classOf(o))
                            .append(edges[o] < 0 ? "[*]" : graph.fieldAt(edges[o]))
                            .append('\n');
                }
                if (chain.length() == 0) {
                    throw new IllegalStateException("empty chain");
                }
            }
        }
    }
}
