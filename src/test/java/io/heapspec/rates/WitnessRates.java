package io.heapspec.rates;

import io.heapspec.bench.MarkedPage;
import io.heapspec.corpus.WitnessRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures how often each witness is wrong by itself, each pair, and all three as HeapSpec reconciles them, those tests that its screen does not pass or every test, on
 * the whole corpus; each class of it in JVMs of its own, on the JDK that runs this. Arguments: {@code resume} to keep the results of a run of the same code that was
 * interrupted, and collectors, {@code G1} if none is named.
 *
 * <p>Writes its tables into docs/error-rates.md. Ends with exit code 1 if HeapSpec misses a leak or accuses a clean test.
 */
public final class WitnessRates {

    private static final Path RESULTS = Path.of("target", "witness-rates");
    private static final Path CASES = Path.of("src", "test", "java", "io", "heapspec", "corpus");
    private static final Path DOCUMENT = Path.of("docs", "error-rates.md");
    private static final long SEED = 2000;

    private static final String RESUME = "resume";

    private final PrintStream out;
    private final boolean resuming;

    private WitnessRates(PrintStream out, boolean resuming) {
        this.out = out;
        this.resuming = resuming;
    }

    public static void main(String[] args) throws Exception {
        boolean resuming = args.length > 0 && args[0].equals(RESUME);
        List<String> named = List.of(args).subList(resuming ? 1 : 0, args.length);
        List<String> collectors = named.isEmpty() ? List.of("G1") : named;
        System.exit(new WitnessRates(System.out, resuming).measure(collectors) ? 0 : 1);
    }

    private boolean measure(List<String> collectors) throws Exception {
        Files.createDirectories(RESULTS);
        StringBuilder text = new StringBuilder();
        boolean right = true;
        for (String collector : collectors) {
            List<Said> said = new ArrayList<>();
            for (String cases : classes()) {
                said.addAll(run("lone", collector, cases));
                said.addAll(run("all", collector, cases));
                said.addAll(run("unscreened", collector, cases));
            }
            WitnessTable table = new WitnessTable(said);
            right &= table.isRight();
            text.append(String.format(
                            Locale.ROOT,
                            "JDK %d, %s, %d processors, `-Xmx512m`:%n%n",
                            Runtime.version().feature(),
                            collector.equals("Z") ? "ZGC" : collector,
                            Runtime.getRuntime().availableProcessors()))
                    .append(table.markdown())
                    .append('\n');
        }
        out.println(text);
        String mark = "witnesses on JDK " + Runtime.version().feature() + ": written by .ci/witness-rates";
        new MarkedPage(DOCUMENT, mark).write(text.toString());
        return right;
    }

    private static List<String> classes() throws IOException {
        try (var files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("TestCases.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .sorted()
                    .toList();
        }
    }

    private List<Said> run(String who, String collector, String cases) throws Exception {
        Path results = RESULTS.resolve(who + "-" + collector + "-" + cases + ".tsv");
        if (!resuming || !Files.exists(results)) {
            ask(who, collector, cases, results);
        }
        List<Said> said = Files.readAllLines(results).stream().map(Said::parse).toList();
        out.println(collector + " " + cases + ", " + who + ": " + said.size());
        return said;
    }

    private static void ask(String who, String collector, String cases, Path results) throws Exception {
        // Not by its name until it is complete.
        Path incomplete = results.resolveSibling(results.getFileName() + ".incomplete");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+Use" + collector + "GC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WitnessRun.class.getName(),
                        who,
                        String.valueOf(SEED),
                        "^" + cases + "[.$]")
                .redirectError(RESULTS.resolve(who + "-" + collector + "-" + cases + ".log")
                        .toFile())
                .redirectOutput(incomplete.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(who + " did not end in " + cases);
        }
        Files.move(incomplete, results, StandardCopyOption.REPLACE_EXISTING);
    }
}
