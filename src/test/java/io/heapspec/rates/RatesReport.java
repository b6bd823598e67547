package io.heapspec.rates;

import io.heapspec.rates.Body.Kind;
import io.heapspec.rates.Judged.Way;
import io.heapspec.result.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was judged, as Markdown. */
final class RatesReport {

    private static final String HEADING = """
            | JDK | collector | clean | falsely accused | inconclusive | leaks inside | missed | inconclusive | leaks outside | missed | ms clean | ms leaking |
            | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
            """;

    private final Map<String, List<Judged>> byJvm = new LinkedHashMap<>();

    void add(Jdk jdk, String collector, List<Judged> judged) {
        String name = collector.equals("Z") ? "ZGC" : collector;
        byJvm.computeIfAbsent(jdk.feature() + " | " + name, jvm -> new ArrayList<>())
                .addAll(judged);
    }

    /** Returns the wrong verdicts, each with where it happened. */
    List<String> wrong() {
        return named(Judged::isWrong);
    }

    String markdown(int rounds, double load) {
        StringBuilder text = new StringBuilder();
        text.append(Words.HEAD.formatted(
                CleanBodies.all().size(),
                FillingBodies.all().size(),
                LeakingBodies.all().size(),
                rounds,
                Runtime.getRuntime().availableProcessors(),
                load));
        text.append("\n## Through the protocol\n\n").append(table(Way.PROTOCOL));
        text.append("\n## Through the annotation\n\n").append(table(Way.JUNIT));
        text.append("\n## Together\n\n").append(together());
        text.append("\n## Stores that fill up\n\n").append(filling());
        text.append("\n## Wrong verdicts\n\n").append(list(wrong()));
        text.append("\n## Inconclusive verdicts\n\n").append(list(named(Judged::isInconclusive)));
        return text.append(Words.FOOT).toString();
    }

    private String table(Way way) {
        StringBuilder rows = new StringBuilder(HEADING);
        byJvm.forEach((jvm, all) -> rows.append(row(jvm, all.stream().filter(judged -> judged.way() == way))));
        return rows.append(row("all | all", all().filter(judged -> judged.way() == way)))
                .toString();
    }

    private static String row(String jvm, Stream<Judged> of) {
        List<Judged> all = of.toList();
        Predicate<Judged> inside = judged -> judged.isLeaking() && judged.inside();
        Predicate<Judged> outside = judged -> judged.isLeaking() && !judged.inside();
        return "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %.0f | %.0f |%n"
                .formatted(
                        jvm,
                        count(all, Judged::isClean),
                        count(all, Judged::isFalselyAccused),
                        count(all, judged -> judged.isClean() && judged.isInconclusive()),
                        count(all, inside),
                        count(all, inside.and(Judged::isMissed)),
                        count(all, inside.and(Judged::isInconclusive)),
                        count(all, outside),
                        count(all, outside.and(Judged::isMissed)),
                        median(all, judged -> judged.isClean() && !judged.rare()),
                        median(all, judged -> judged.isLeaking() && !judged.rare() && judged.inside()));
    }

    private String together() {
        List<Judged> all = all().toList();
        long clean = count(all, Judged::isClean);
        long accused = count(all, Judged::isFalselyAccused);
        Predicate<Judged> inside = judged -> judged.isLeaking() && judged.inside();
        return """
                - Clean: %,d judged, %d falsely accused. With 95 %% certainty the rate of false accusations is below %.2f %%%s.
                - Leaks inside the stated sensitivity: %,d judged, %d missed, %d inconclusive.
                - Leaks rarer than the stated sensitivity: %,d judged, %d missed. Nothing is promised about them.
                """.formatted(
                        clean,
                        accused,
                        100 * mostExpected(accused) / clean,
                        accused == 0 ? " (rule of three)" : "",
                        count(all, inside),
                        count(all, inside.and(Judged::isMissed)),
                        count(all, inside.and(Judged::isInconclusive)),
                        count(all, judged -> judged.isLeaking() && !judged.inside()),
                        count(all, judged -> judged.isMissed() && !judged.inside()));
    }

    private String filling() {
        Map<String, Map<Reason, Long>> outcomes = all().filter(judged -> judged.kind() == Kind.FILLING)
                .collect(Collectors.groupingBy(
                        Judged::trial,
                        TreeMap::new,
                        Collectors.groupingBy(Judged::reason, TreeMap::new, Collectors.counting())));
        StringBuilder rows = new StringBuilder("| store | outcomes |\n| --- | --- |\n");
        outcomes.forEach((store, reasons) -> rows.append("| ")
                .append(store)
                .append(" | ")
                .append(reasons.entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey().verdict() + ", " + entry.getKey())
                        .collect(Collectors.joining("; "))
                        .toLowerCase(Locale.ROOT))
                .append(" |\n"));
        return rows.toString();
    }

    private static String list(List<String> lines) {
        return lines.isEmpty()
                ? "None.\n"
                : lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
    }

    private List<String> named(Predicate<Judged> which) {
        List<String> lines = new ArrayList<>();
        byJvm.forEach((jvm, all) -> all.stream().filter(which).forEach(judged -> lines.add(line(jvm, judged))));
        return lines;
    }

    private static String line(String jvm, Judged judged) {
        return "JDK %s, %s, %s \"%s\": %s. %s"
                .formatted(
                        jvm.replace(" | ", " "),
                        judged.way() == Way.JUNIT ? "annotation" : "protocol",
                        judged.kind(),
                        judged.trial(),
                        judged.reason(),
                        judged.evidence());
    }

    private Stream<Judged> all() {
        return byJvm.values().stream().flatMap(List::stream);
    }

    private static long count(List<Judged> all, Predicate<Judged> which) {
        return all.stream().filter(which).count();
    }

    private static double median(List<Judged> all, Predicate<Judged> which) {
        double[] sorted =
                all.stream().filter(which).mapToDouble(Judged::millis).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** Returns the largest mean of a Poisson variable that would show no more than this, in one of 20 cases; 3 for none. */
    private static double mostExpected(long seen) {
        double mean = 0;
        double probability = 1;
        while (probability > 0.05) {
            mean += 0.001;
            double term = Math.exp(-mean);
            probability = term;
            for (int i = 1; i <= seen; i++) {
                term *= mean / i;
                probability += term;
            }
        }
        return mean;
    }
}
