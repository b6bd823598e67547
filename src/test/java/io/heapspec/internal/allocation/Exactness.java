package io.heapspec.internal.allocation;

import io.heapspec.bench.MarkedPage;
import io.heapspec.internal.allocation.Programs.Program;
import io.heapspec.rates.Jdk;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what each program allocates, by both witnesses, many times in a row on each collector of each JDK on this machine, and writes what is
 * right into {@code docs/exactness.md}. Each row in a JVM of its own.
 */
public final class Exactness {

    private static final int DEFAULT_ROUNDS = 50;
    private static final Path PAGE = Path.of("docs", "exactness.md");
    private static final List<String> COUNT_GARBAGE = List.of("Serial", "Parallel", "G1");
    private static final List<String> ALL = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");
    private static final Pattern LAST_LINE = Pattern.compile("(?s).*?(\\d+) of (\\d+) right\\s*");

    private final PrintStream out;
    private final int rounds;
    private boolean wrong;

    private Exactness(PrintStream out, int rounds) {
        this.out = out;
        this.rounds = rounds;
    }

    /** Takes how often each program is counted; 50 times by default. */
    public static void main(String[] args) throws Exception {
        Exactness exactness = new Exactness(System.out, args.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(args[0]));
        exactness.run();
        if (exactness.wrong) {
            throw new AssertionError("a count was wrong");
        }
    }

    private void run() throws Exception {
        StringBuilder table = new StringBuilder("""
                | JDK | collector | counted by | programs | times each | right |
                | --- | --- | --- | --: | --: | --: |
                """);
        for (Jdk jdk : Jdk.all()) {
            for (String collector : COUNT_GARBAGE) {
                table.append(row(jdk, collector, "histogram", CountedPrograms.class));
            }
            for (String collector : ALL) {
                table.append(row(jdk, collector, "instrumentation", TracedPrograms.class));
            }
        }
        new MarkedPage(PAGE, "programs: written by .ci/exactness").write(programs());
        new MarkedPage(PAGE, "counts: written by .ci/exactness").write(table.toString());
    }

    private static String programs() {
        StringBuilder table = new StringBuilder("""
                | program | allocates | instrumentation sees |
                | --- | --- | --- |
                """);
        for (Program each : Programs.all()) {
            String others = each.partly() ? ", and what the JDK needs for it" : "";
            table.append("| ")
                    .append(each.name())
                    .append(" | ")
                    .append(text(each.expected()))
                    .append(others)
                    .append(" | ")
                    .append(each.seen().equals(each.expected()) ? "the same" : text(each.seen()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String text(String objects) {
        return objects.isEmpty() ? "nothing" : objects.replace("io.heapspec.internal.allocation.Programs$", "");
    }

    private String row(Jdk jdk, String collector, String witness, Class<?> main) throws Exception {
        Process process = new ProcessBuilder(
                        jdk.java(),
                        "-Xmx512m",
                        "-XX:+Use" + collector + "GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        Integer.toString(rounds))
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher result = LAST_LINE.matcher(text);
        if (!result.matches()) {
            out.println(text);
            throw new IllegalStateException(
                    main.getSimpleName() + " failed on JDK " + jdk.feature() + ", " + collector);
        }
        int right = Integer.parseInt(result.group(1));
        int all = Integer.parseInt(result.group(2));
        if (right != all) {
            wrong = true;
            out.println(text);
        }
        String name = collector.equals("Z") ? "ZGC" : collector;
        String row = "| " + jdk.feature() + " | " + name + " | " + witness + " | " + all / rounds + " | " + rounds
                + " | " + right + " of " + all + " |\n";
        out.print(row);
        return row;
    }
}
