package io.heapspec.rates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often each witness is wrong by itself, each pair, and all three, as Markdown. */
final class WitnessTable {

    private static final String HEADING = """
            | who is asked | leaks | missed | clean | accused | inconclusive | median ms per test |
            | --- | --: | --: | --: | --: | --: | --: |
            """;
    private static final List<String> LONE = List.of("heap", "trace", "counters");

    private static final Map<String, String> HEAPSPEC = new TreeMap<>(Map.of(
            "all",
            "**HeapSpec: all three, reconciled**",
            "unscreened",
            "**HeapSpec without its screen: all three, reconciled, for every test**"));

    private final Map<String, Map<String, Said>> byTest = new LinkedHashMap<>();

    WitnessTable(List<Said> said) {
        said.forEach(each -> byTest.computeIfAbsent(each.test(), test -> new LinkedHashMap<>())
                .put(each.who(), each));
    }

    /** Tells whether HeapSpec missed nothing, and accused nobody. */
    boolean isRight() {
        return byTest.values().stream()
                .flatMap(said -> HEAPSPEC.keySet().stream().map(said::get))
                .allMatch(each -> each != null && each.accuses() == each.leaks());
    }

    String markdown() {
        StringBuilder rows = new StringBuilder(HEADING);
        for (String who : LONE) {
            rows.append(row(who + " alone", List.of(who), false));
        }
        for (boolean either : new boolean[] {false, true}) {
            for (int i = 0; i < LONE.size(); i++) {
                for (int j = i + 1; j < LONE.size(); j++) {
                    String name = (either ? LONE.get(i) + " or " : LONE.get(i) + " and ") + LONE.get(j);
                    rows.append(row(name, List.of(LONE.get(i), LONE.get(j)), either));
                }
            }
            rows.append(row(String.join(either ? " or " : " and ", LONE), LONE, either));
        }
        HEAPSPEC.forEach((who, name) -> rows.append(row(name, List.of(who), false)));
        return rows.toString();
    }

    /** @param either whether one of them is enough to accuse; else all have to */
    private String row(String name, List<String> who, boolean either) {
        int leaks = 0;
        int missed = 0;
        int clean = 0;
        int accused = 0;
        int inconclusive = 0;
        List<Double> millis = new ArrayList<>();
        for (Map<String, Said> said : byTest.values()) {
            List<Said> asked =
                    who.stream().filter(said::containsKey).map(said::get).toList();
            if (asked.size() < who.size()) {
                continue;
            }
            boolean accuses = either
                    ? asked.stream().anyMatch(Said::accuses)
                    : asked.stream().allMatch(Said::accuses);
            boolean unclear = asked.stream().anyMatch(each -> each.verdict().equals("inconclusive"));
            boolean leaking = asked.get(0).leaks();
            leaks += leaking ? 1 : 0;
            clean += leaking ? 0 : 1;
            missed += leaking && !accuses && !unclear ? 1 : 0;
            accused += !leaking && accuses ? 1 : 0;
            inconclusive += unclear ? 1 : 0;
            millis.add(asked.stream().mapToDouble(Said::millis).sum());
        }
        millis.sort(null);
        double median = millis.isEmpty() ? Double.NaN : millis.get(millis.size() / 2);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.0f |%n",
                name,
                leaks,
                missed,
                clean,
                accused,
                inconclusive,
                median);
    }
}
