package io.heapspec.bench;

import io.heapspec.bench.SiteCost.Cost;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how much slower code is while lines that allocate are looked for, beside the thread's own counter and the allocation instrumenter.
 * Each in JVMs of its own, in turn, of the JDK that runs this; the best of three counts.
 */
public final class SiteBenchmark {

    private static final int ROUNDS = 3;
    private static final Path FOLDER = Path.of("target", "benchmark");
    private static final List<String> WATCHERS = List.of("nobody", "counter", "probes", "instrumenter");

    private final PrintStream out;

    private SiteBenchmark(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        new SiteBenchmark(System.out).run();
    }

    private void run() throws Exception {
        Files.createDirectories(FOLDER);
        Map<String, Cost> costs = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String watcher : WATCHERS) {
                costs.put(watcher, measured(watcher).orFaster(costs.get(watcher)));
            }
        }
        int jdk = Runtime.version().feature();
        String table = "JDK " + jdk + ", `-Xmx512m`.\n\n" + table(costs);
        out.println(table);
        new MarkedPage("sites on JDK " + jdk + ": written by .ci/benchmark-sites").write(table);
    }

    private static String table(Map<String, Cost> costs) {
        StringBuilder table = new StringBuilder("""
                | who looks | a document takes µs | ratio | objects of a document | bytes |
                | --- | --: | --: | --: | --: |
                """);
        double plain = costs.get("nobody").micros();
        for (String watcher : WATCHERS) {
            Cost cost = costs.get(watcher);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | **%.2f** | %s | %s |%n",
                    name(watcher),
                    cost.micros(),
                    cost.micros() / plain,
                    cost.objects() == 0 ? "" : Long.toString(cost.objects()),
                    cost.bytes() == 0 ? "" : Long.toString(cost.bytes())));
        }
        return table.toString();
    }

    private static String name(String watcher) {
        return switch (watcher) {
            case "counter" -> "the thread's own counter";
            case "probes" -> "HeapSpec's probes: lines and classes";
            case "instrumenter" -> "allocation instrumenter 3.3.4: classes";
            default -> watcher;
        };
    }

    private static Cost measured(String watcher) throws Exception {
        Path row = FOLDER.resolve("site.txt");
        Files.deleteIfExists(row);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        if (watcher.equals("instrumenter")) {
            command.add("-javaagent:" + instrumenter());
        }
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), SiteCost.class.getName(), row.toString(), watcher));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("site-" + watcher + ".log").toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(watcher + " failed; see its log in " + FOLDER);
        }
        return Cost.parse(Files.readString(row));
    }

    private static String instrumenter() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("java-allocation-instrumenter"))
                .findFirst()
                .orElseThrow();
    }
}
