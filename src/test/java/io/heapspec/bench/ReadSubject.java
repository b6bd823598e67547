package io.heapspec.bench;

import com.sun.management.OperatingSystemMXBean;
import io.heapspec.heap.DominatorTree;
import io.heapspec.heap.HeapDumpException;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.HeapTooSmallException;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.RetainedSizes;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.internal.retention.ChainsOfInstances;
import io.heapspec.internal.retention.LeakFinder;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.internal.retention.Suspicion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** One thing to do with dumps, and the main of the JVM in which that is measured. */
enum ReadSubject {
    PLAIN("two plain passes over all references", 1),
    OPEN("open", 1),
    SEARCH("open, bare search, ten chains without names", 1),
    PATHS("open, ten shortest paths", 1),
    RETAINED("open, ten shortest paths, their retained sizes", 1),
    DEEP("open, ten shortest paths to the deepest objects", 1),
    DOMINATORS("open, dominators and retained sizes of all objects", 1),
    CHAINS("open, analysis, ten chains", 1),
    LEAK("leak between two dumps, explained", 2);

    static final int LEAKED = 10;

    /** Rounds that take less are measured several together: CPU time comes in steps of 10 ms. */
    private static final long LEAST_CPU_NANOS = 300_000_000;

    /** What is printed. */
    final String title;

    /** How many dumps it reads. */
    final int dumps;

    ReadSubject(String title, int dumps) {
        this.title = title;
        this.dumps = dumps;
    }

    /** Prints CPU and wall clock seconds since the start of the JVM after the first round, and the least CPU seconds of later ones. */
    public static void main(String[] arguments) throws IOException {
        try {
            measure(valueOf(arguments[0]), arguments);
        } catch (HeapTooSmallException e) {
            // As a JVM ends that is told to end when memory runs out.
            System.exit(BoundedJvm.OUT_OF_MEMORY);
        }
    }

    private static void measure(ReadSubject subject, String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        subject.run(Path.of(arguments[2]), Path.of(arguments[3]));
        double first = system.getProcessCpuTime() / 1e9;
        double wall = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        double later = Double.MAX_VALUE;
        for (int i = 1; i < rounds; i++) {
            long before = system.getProcessCpuTime();
            int together = 0;
            do {
                subject.run(Path.of(arguments[2]), Path.of(arguments[3]));
                together++;
            } while (system.getProcessCpuTime() - before < LEAST_CPU_NANOS);
            later = Math.min(later, (system.getProcessCpuTime() - before) / 1e9 / together);
        }
        System.out.printf(Locale.ROOT, "%.4f %.4f %.4f%n", first, wall, later);
    }

    private void run(Path before, Path after) throws IOException {
        long result = switch (this) {
            case PLAIN -> new PlainReader(after).read() + new PlainReader(after).read();
            case OPEN -> open(after, HeapGraph::objectCount);
            case SEARCH -> open(after, graph -> new BareSearch(graph).chains(10));
            case PATHS -> open(after, ReadSubject::paths);
            case RETAINED -> open(after, graph -> (int) sizes(graph));
            case DEEP -> open(after, ReadSubject::deepest);
            case DOMINATORS -> open(after, ReadSubject::retained);
            case CHAINS -> open(after, graph -> ChainsOfInstances.of(graph, 10).size() - 9);
            case LEAK -> open(after, graph -> leaks(before, graph) == 1 ? 1 : 0);
        };
        if (result == 0) {
            throw new IllegalStateException("nothing found");
        }
    }

    private static long open(Path dump, ToIntFunction<HeapGraph> use) throws HeapDumpException {
        try (HeapGraph graph = HeapGraph.open(dump)) {
            return use.applyAsInt(graph);
        }
    }

    private static int retained(HeapGraph graph) {
        DominatorTree tree = DominatorTree.of(graph);
        return (int) graph.objectsOf(SubjectHeap.Session.class.getName())
                .filter(object -> tree.retainedObjects(object) == 2)
                .count();
    }

    private static long sizes(HeapGraph graph) {
        int[] targets = graph.objectsOf(SubjectHeap.Session.class.getName()).toArray();
        RetainedSizes sizes = RetainedSizes.of(graph, targets);
        long sum = paths(graph) == 0 ? 0 : 1;
        for (int target : targets) {
            sum = sizes.objects(target) == 2 ? sum : 0;
        }
        return sum == 0 ? 0 : 1;
    }

    private static int deepest(HeapGraph graph) {
        int[] all = graph.objectsOf("java.lang.Integer").toArray();
        int[] targets =
                IntStream.range(1, 11).map(i -> all[all.length / 11 * i]).toArray();
        PathWords words = new PathWords(graph);
        return PathFinder.of(graph).shortest(targets).stream()
                .mapToInt(path -> words.of(path).elements().size())
                .sum();
    }

    private static int paths(HeapGraph graph) {
        int[] targets = graph.objectsOf(SubjectHeap.Session.class.getName()).toArray();
        int found = 0;
        PathWords words = new PathWords(graph);
        for (RootPath path : PathFinder.of(graph).shortest(targets)) {
            found += words.of(path).elements().isEmpty() ? 0 : 1;
        }
        return found == LEAKED ? found : 0;
    }

    private static int leaks(Path before, HeapGraph after) {
        LeakFinder.Question question = new LeakFinder.Question(
                AllowedRetention.parse(List.of()),
                new Suspicion(Set.of(SubjectHeap.Session.class.getName()), Set.of()),
                runs -> runs,
                field -> false);
        try {
            return LeakFinder.compare(question, () -> HeapGraph.open(before), after, LEAKED)
                    .leaks()
                    .size();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
