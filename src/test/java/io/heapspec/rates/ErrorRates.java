package io.heapspec.rates;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures how often verdicts are wrong: judges bodies of which it is known whether they leak, on every collector and JDK, each round in
 * a JVM of its own.
 *
 * <p>Ends with exit code 1 if a clean body was accused, or a leak missed that is as frequent as the sensitivity asks for.
 */
public final class ErrorRates {

    private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Z");
    private static final int USUAL_ROUNDS = 2;
    private static final long FIRST_SEED = 1000;
    private static final Path RESULTS = Path.of("target", "error-rates");
    private static final Path DOCUMENT = Path.of("docs", "error-rates.md");

    private final PrintStream out;
    private final RatesReport report = new RatesReport();
    private final DoubleSummaryStatistics load = new DoubleSummaryStatistics();

    private ErrorRates(PrintStream out) {
        this.out = out;
    }

    /** Takes the number of rounds for each collector and JDK. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? USUAL_ROUNDS : Integer.parseInt(args[0]);
        System.exit(new ErrorRates(System.out).measure(rounds) ? 0 : 1);
    }

    private boolean measure(int rounds) throws Exception {
        Files.createDirectories(RESULTS);
        for (Jdk jdk : Jdk.all()) {
            for (String collector : COLLECTORS) {
                for (int round = 1; round <= rounds; round++) {
                    run(Round.class, jdk, collector, FIRST_SEED + round);
                    run(JUnitRound.class, jdk, collector, FIRST_SEED + round);
                }
            }
        }
        String text = report.markdown(rounds, load.getAverage());
        Files.createDirectories(DOCUMENT.getParent());
        Files.writeString(DOCUMENT, text + writtenByOthers());
        out.println(text);
        return report.wrong().isEmpty();
    }

    /** Returns the part of the page that {@link WitnessRates} writes. */
    private static String writtenByOthers() throws IOException {
        String old = Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
        int from = old.indexOf("\n## One witness, two, or three");
        return from < 0 ? "" : old.substring(from);
    }

    private void run(Class<?> main, Jdk jdk, String collector, long seed) throws Exception {
        String name = main.getSimpleName() + "-" + jdk.feature() + "-" + collector + "-" + seed;
        Path results = RESULTS.resolve(name + ".tsv");
        Files.deleteIfExists(results);
        Process process = new ProcessBuilder(
                        jdk.java(),
                        "-XX:+Use" + collector + "GC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        String.valueOf(seed),
                        results.toString())
                .redirectErrorStream(true)
                .redirectOutput(RESULTS.resolve(name + ".log").toFile())
                .start();
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " did not end");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " failed; see its log in " + RESULTS);
        }
        List<Judged> judged = read(results);
        report.add(jdk, collector, judged);
        load.accept(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        out.println(name + ": " + judged.size() + " judged");
        judged.stream().filter(Judged::isWrong).forEach(wrong -> out.println("  WRONG: " + wrong.line()));
    }

    private static List<Judged> read(Path results) throws IOException {
        List<Judged> judged = new ArrayList<>();
        for (String line : Files.readAllLines(results)) {
            judged.add(Judged.parse(line));
        }
        return judged;
    }
}
