package io.heapspec.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures what {@code @NoLeak} costs: for a clean test, in units of a collection, on each collector; for a leak, in milliseconds; and what
 * a limit on allocations costs that is kept. Each row in a JVM of its own, of the JDK that runs this.
 *
 * <p>Writes its tables between two marks of a page that has other sections, too.
 */
public final class CostBenchmark {

    private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");
    private static final Path FOLDER = Path.of("target", "benchmark");

    private final PrintStream out;
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    private CostBenchmark(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        new CostBenchmark(System.out).run();
    }

    private void run() throws Exception {
        Files.createDirectories(FOLDER);
        int jdk = Runtime.version().feature();
        String tables = "JDK " + jdk + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, load at the start "
                + Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()) + ", `-Xmx512m`.\n\n"
                + clean() + "\n" + limited() + "\n" + leaking() + "\n" + tracing();
        out.println(tables);
        new MarkedPage("costs on JDK " + jdk + ": written by .ci/benchmark").write(tables);
    }

    private String clean() throws Exception {
        return byCollector(CleanCost.class, """
                | collector | `System.gc()` ms | a clean test adds ms | ratio | mean adds ms | ratio of means | screen ms | passed by the screen alone | first test in the JVM ms |
                | --- | --: | --: | --: | --: | --: | --: | --: | --: |
                """);
    }

    private String limited() throws Exception {
        return byCollector(LimitCost.class, """
                | collector | `System.gc()` ms | a limit that is kept adds ms | ratio | mean adds ms | kept | certified | first test in the JVM ms |
                | --- | --: | --: | --: | --: | --: | --: | --: |
                """);
    }

    private String byCollector(Class<?> main, String head) throws Exception {
        StringBuilder table = new StringBuilder(head);
        for (String collector : COLLECTORS) {
            String option = "-XX:+Use" + collector + "GC";
            String name = collector.equals("Z") ? "ZGC" : collector;
            if (start("probe", option, "-version") == 0) {
                table.append(row(name, main, option));
            } else {
                out.println("NOTICE: this JVM has no " + name + ", so it was not measured");
            }
        }
        return table.toString();
    }

    private String leaking() throws Exception {
        return """
                | live | caught | first leak in the JVM ms | later, median ms | later, longest ms |
                | --- | --: | --: | --: | --: |
                """
                + row("little", LeakCost.class, "-XX:+IgnoreUnrecognizedVMOptions", "empty")
                + row("30 MB", LeakCost.class, "-XX:+IgnoreUnrecognizedVMOptions", "loaded");
    }

    private String tracing() throws Exception {
        return """
                | | first in the JVM ms | later, median ms | later, longest ms |
                | --- | --: | --: | --: |
                """ + row("starting, ending and reading a recording", TraceCost.class, "-XX:+UseG1GC");
    }

    private String row(String name, Class<?> main, String option, String... arguments) throws Exception {
        Path row = FOLDER.resolve("row.txt");
        Files.deleteIfExists(row);
        List<String> command = new ArrayList<>(List.of(
                option, "-Xmx512m", "-cp", System.getProperty("java.class.path"), main.getName(), row.toString()));
        command.addAll(List.of(arguments));
        String label = main.getSimpleName() + "-" + name.replace(' ', '-');
        if (start(label, command.toArray(String[]::new)) != 0) {
            throw new IllegalStateException(label + " failed; see its log in " + FOLDER);
        }
        String line = "| " + name + " | " + Files.readString(row) + " |\n";
        out.print(line);
        return line;
    }

    private int start(String label, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve(label + ".log").toFile())
                .start();
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(label + " did not end");
        }
        return process.exitValue();
    }
}
