package io.heapspec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares what it takes to explain a leak from heap dumps with a plain read of all their references; for the JDK that runs this, whose
 * table on the page it replaces.
 *
 * <p>Each figure is the median of several JVMs, which take turns: CPU seconds of the whole process from its start, so compilation and
 * collection are included, to the end of the first round; and the least of the rounds that follow in the same JVM.
 */
public final class HeapGraphBenchmark {
    private static final int JVMS = 3;
    private static final int ROUNDS = 9;
    private static final String HEAP = "-Xmx128m";

    /** What explains a leak, and what it consists of; other questions are those of {@link PeerBenchmark}. */
    private static final ReadSubject[] SUBJECTS = {
        ReadSubject.PLAIN, ReadSubject.OPEN, ReadSubject.SEARCH, ReadSubject.CHAINS, ReadSubject.LEAK
    };

    private final Path folder = Files.createTempDirectory("heapspec-bench");
    private final Path before = folder.resolve("before.hprof");
    private final Path after = folder.resolve("after.hprof");
    private final StringBuilder text = new StringBuilder();

    private HeapGraphBenchmark() throws IOException {}

    /** Without arguments measures everything; otherwise is the JVM to be dumped. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            new HeapGraphBenchmark().run();
        } else {
            SubjectHeap.dump(
                    Integer.parseInt(arguments[0]), Path.of(arguments[1]), ReadSubject.LEAKED, Path.of(arguments[2]));
        }
    }

    private void run() throws Exception {
        int jdk = Runtime.version().feature();
        add("JDK %d, %d processors, `%s`.%n", jdk, Runtime.getRuntime().availableProcessors(), HEAP);
        for (int entries : new int[] {200_000, 60_000}) {
            java("-Xmx1g", HeapGraphBenchmark.class, String.valueOf(entries), before.toString(), after.toString());
            add("%n%,d objects in %,d MB:%n%n", entries * 10, Files.size(after) / 1_000_000);
            table();
            add("%nThe least heap that works: %s.%n", leastHeap());
            Files.delete(before);
            Files.delete(after);
        }
        Files.delete(folder);
        System.out.print(text);
        new MarkedPage("chains on JDK " + jdk + ": written by .ci/benchmark-chains").write(text.toString());
    }

    private void table() throws Exception {
        add("| what | first time in a JVM: wall s | CPU s | ratio | later rounds: CPU s | ratio |%n");
        add("| --- | --: | --: | --: | --: | --: |%n");
        double[][] seconds = inTurn(SUBJECTS);
        for (int i = 0; i < SUBJECTS.length; i++) {
            double[] own = seconds[i];
            double[] base = seconds[0];
            int dumps = SUBJECTS[i].dumps;
            add(
                    "| %s | %.2f | %.2f | %.2f | %.3f | **%.2f** |%n",
                    SUBJECTS[i].title, own[1], own[0], own[0] / base[0] / dumps, own[2], own[2] / base[2] / dumps);
        }
    }

    /** Measures every subject in turn, several times, so that a busy spell of the machine hits all alike. */
    private double[][] inTurn(ReadSubject[] subjects) throws Exception {
        double[][][] seconds = new double[subjects.length][3][JVMS];
        for (int i = 0; i < JVMS; i++) {
            for (int subject = 0; subject < subjects.length; subject++) {
                String[] out = measure(HEAP, subjects[subject], ROUNDS).split(" ");
                for (int figure = 0; figure < out.length; figure++) {
                    seconds[subject][figure][i] = Double.parseDouble(out[figure]);
                }
            }
        }
        return Arrays.stream(seconds)
                .map(figures -> Arrays.stream(figures)
                        .mapToDouble(HeapGraphBenchmark::median)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private String leastHeap() throws Exception {
        List<String> results = new ArrayList<>();
        for (ReadSubject subject : List.of(ReadSubject.OPEN, ReadSubject.CHAINS, ReadSubject.LEAK)) {
            int tooSmall = 4;
            int least = 128;
            while (least - tooSmall > 1) {
                int tried = (least + tooSmall) / 2;
                if (works(subject, tried)) {
                    least = tried;
                } else {
                    tooSmall = tried;
                }
            }
            results.add("`-Xmx" + least + "m` for \"" + subject.title + "\"");
        }
        return String.join(", ", results);
    }

    private boolean works(ReadSubject subject, int mebibytes) throws Exception {
        try {
            measure("-Xmx" + mebibytes + "m", subject, 1);
            return true;
        } catch (IllegalStateException outOfMemory) {
            return false;
        }
    }

    private String measure(String heap, ReadSubject subject, int rounds) throws Exception {
        return java(
                heap, ReadSubject.class, subject.name(), String.valueOf(rounds), before.toString(), after.toString());
    }

    private static String java(String heap, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap, "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
        return out;
    }

    private void add(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments));
    }
}
