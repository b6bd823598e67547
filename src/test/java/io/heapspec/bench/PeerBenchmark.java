package io.heapspec.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares what libraries need from a heap dump to the chains from GC roots to ten objects of it, and to their retained sizes; for the JDK
 * that runs this, whose tables on the page it replaces.
 */
public final class PeerBenchmark {
    private static final Path PAGE = Path.of("docs", "scale.md");

    /** How many objects are looked for. */
    static final int LEAKED = 10;

    /** What is asked. */
    private enum Task {
        CHAINS("Chains from GC roots to ten objects"),
        RETAINED("The same, and the retained sizes of the ten");

        final String title;

        Task(String title) {
            this.title = title;
        }

        /** What does it here: the one place that knows. */
        List<Contender> own(Path dump) {
            return switch (this) {
                case CHAINS ->
                    List.of(
                            Contender.own("HeapSpec", ReadSubject.PATHS, dump),
                            Contender.own("HeapSpec, to ten of the farthest objects", ReadSubject.DEEP, dump));
                case RETAINED ->
                    List.of(
                            Contender.own("HeapSpec", ReadSubject.RETAINED, dump),
                            Contender.own("HeapSpec, of all objects", ReadSubject.DOMINATORS, dump));
            };
        }

        List<Contender> contenders(Path dump) throws IOException {
            List<Contender> contenders = new ArrayList<>();
            contenders.add(Contender.own(ReadSubject.PLAIN.title, ReadSubject.PLAIN, dump));
            contenders.addAll(own(dump));
            for (Peer peer : Peer.values()) {
                contenders.add(peer.contender(name().toLowerCase(Locale.ROOT), dump, SubjectHeap.Session.class));
            }
            return contenders;
        }
    }

    private PeerBenchmark() {}

    /** Measures the small dumps, and the large one if asked; with a number of entries and a file it is the JVM to be dumped. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[1].endsWith(".hprof")) {
            SubjectHeap.dump(Integer.parseInt(arguments[0]), LEAKED, Path.of(arguments[1]));
            return;
        }
        List<String> wishes = List.of(arguments);
        boolean quick = wishes.contains("quick");
        PeerTable.Effort small = new PeerTable.Effort(1024, 3, 30, 9, true);
        PeerTable.Effort medium = new PeerTable.Effort(2048, 3, 15, 2, true);
        measure(20_000, quick ? small.quick() : small);
        measure(200_000, quick ? medium.quick() : medium);
        if (wishes.contains("large")) {
            PeerTable.Effort large = new PeerTable.Effort(4096, 1, 5, 1, false);
            measure(2_000_000, quick ? large.quick() : large);
        }
    }

    private static void measure(int entries, PeerTable.Effort effort) throws Exception {
        Path folder = Files.createTempDirectory("heapspec-bench");
        try {
            Path dump = folder.resolve("subject.hprof");
            dump(entries, dump);
            String objects = String.format(Locale.ROOT, "%,d objects", entries * 10);
            StringBuilder text = new StringBuilder(conditions(objects, dump, effort));
            for (Task task : Task.values()) {
                text.append(String.format("%n%s:%n%n", task.title))
                        .append(PeerTable.measure(task.contenders(dump), effort));
            }
            System.out.print(text);
            String mark = objects + " on JDK " + Runtime.version().feature() + ": written by .ci/benchmark-peers";
            new MarkedPage(PAGE, mark).write(text.toString());
        } finally {
            BoundedJvm.delete(folder);
        }
    }

    private static String conditions(String objects, Path dump, PeerTable.Effort effort) throws IOException {
        return String.format(
                Locale.ROOT,
                "JDK %d, %d processors, load at the start %.0f, `-Xmx%dm`, %d JVMs; %s in %,d MB.%n",
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                effort.heapMebibytes(),
                effort.jvms(),
                objects,
                Files.size(dump) / 1_000_000);
    }

    private static void dump(int entries, Path file) throws Exception {
        new BoundedJvm(4096, Duration.ofMinutes(10))
                .run(List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeerBenchmark.class.getName(),
                        String.valueOf(entries),
                        file.toString()));
    }
}
