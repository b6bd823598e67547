package io.heapspec.corpus;

import com.google.gson.Gson;
import io.heapspec.Configuration;
import io.heapspec.corpus.Corpus.Case;
import io.heapspec.corpus.Corpus.FoundLeak;
import io.heapspec.corpus.Corpus.LeftOpen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** All cases once, in an order that depends on a seed, in this JVM. */
final class CorpusRound {

    private static final Pattern SEGMENT =
            Pattern.compile("\\[(class|nested-class|method|test-template|test-factory):([^(\\]]+)");

    private final long seed;
    private final boolean screen;

    CorpusRound(long seed) {
        this(seed, true);
    }

    /** @param screen whether a test passes without being repeated where its first run left nothing behind */
    CorpusRound(long seed, boolean screen) {
        this.seed = seed;
        this.screen = screen;
    }

    /** Returns what HeapSpec said, compared with what is known, for each of these cases. */
    List<Judged> run(List<Case> cases) throws IOException {
        Path folder = Files.createTempDirectory("corpus");
        LauncherFactory.create().execute(request(folder, cases));
        Map<String, List<Line>> lines = read(folder.resolve("results.jsonl"));
        return cases.stream().map(each -> judge(each, lines)).toList();
    }

    private LauncherDiscoveryRequest request(Path folder, List<Case> cases) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(Configuration.OUTPUT_PROPERTY_NAME, folder.toString())
                .configurationParameter(Configuration.NOLEAK_SCREEN_PROPERTY_NAME, screen ? "on" : "off")
                .configurationParameter(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$Random")
                .configurationParameter(
                        "junit.jupiter.testmethod.order.default", "org.junit.jupiter.api.MethodOrderer$Random")
                .configurationParameter("junit.jupiter.execution.order.random.seed", Long.toString(seed));
        cases.forEach(each -> request.selectors(DiscoverySelectors.selectMethod(each.type(), each.method())));
        return request.build();
    }

    private static Map<String, List<Line>> read(Path results) throws IOException {
        Gson gson = new Gson();
        Map<String, List<Line>> lines = new HashMap<>();
        for (String text : Files.readAllLines(results, StandardCharsets.UTF_8)) {
            Line line = gson.fromJson(text, Line.class);
            line.text = text;
            lines.computeIfAbsent(key(line.uniqueId), each -> new ArrayList<>()).add(line);
        }
        return lines;
    }

    /** Returns the class and method in a unique id, as in {@code com.acme.CartTests$Full.isEmptied}. */
    private static String key(String uniqueId) {
        StringBuilder key = new StringBuilder();
        Matcher segments = SEGMENT.matcher(uniqueId);
        while (segments.find()) {
            String separator = segments.group(1).equals("nested-class") ? "$" : ".";
            key.append(key.isEmpty() ? "" : separator).append(segments.group(2));
        }
        return key.toString();
    }

    private static Judged judge(Case test, Map<String, List<Line>> lines) {
        List<Line> found =
                lines.getOrDefault(test.type().getName() + "." + test.method().getName(), List.of());
        Judged worst = null;
        for (Line line : found) {
            Outcome outcome = outcome(test, line);
            if (worst == null || outcome.compareTo(worst.outcome()) > 0) {
                worst = new Judged(test, outcome, line.millis(), extras(test, line), line.text);
            }
        }
        return worst != null ? worst : new Judged(test, Outcome.INCONCLUSIVE, 0, 0, "no verdict was written");
    }

    private static Outcome outcome(Case test, Line line) {
        return switch (line.verdict) {
            case "passed" -> test.leaks() ? Outcome.MISSED : Outcome.RIGHT;
            case "inconclusive" -> Outcome.INCONCLUSIVE;
            default -> {
                if (!test.leaks()) {
                    yield Outcome.ACCUSED;
                }
                boolean named = line.leaks.stream().anyMatch(test::isNamedBy)
                        || line.unclosed.stream().anyMatch(test::isNamedBy);
                yield named ? Outcome.RIGHT : Outcome.WRONG_CHAIN;
            }
        };
    }

    private static int extras(Case test, Line line) {
        if (!test.leaks()) {
            return 0;
        }
        return (int) line.leaks.stream().filter(leak -> !test.isNamedBy(leak)).count()
                + (int) line.unclosed.stream()
                        .filter(open -> !test.isNamedBy(open))
                        .count();
    }

    /** How a verdict compares with the truth, better ones first. */
    enum Outcome {
        RIGHT,
        INCONCLUSIVE,
        WRONG_CHAIN,
        MISSED,
        ACCUSED
    }

    /**
     * A case with HeapSpec's verdict.
     *
     * @param test the case
     * @param outcome how the verdict compares with the truth
     * @param millis what judging cost
     * @param extras chains of a leaking case that name something else
     * @param text the line of the result file
     */
    record Judged(Case test, Outcome outcome, double millis, int extras, String text) {}

    /** A line of the result file. */
    private static final class Line {
        String uniqueId = "";
        String verdict = "";
        List<FoundLeak> leaks = List.of();
        List<LeftOpen> unclosed = List.of();
        double screenMillis;
        double confirmMillis;
        double explainMillis;
        transient String text = "";

        double millis() {
            return screenMillis + confirmMillis + explainMillis;
        }
    }
}
