package io.heapspec.rates;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heapspec.Configuration;
import io.heapspec.rates.Judged.Way;
import io.heapspec.result.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Judges the trials in this JVM through the annotation, as tests of one class. */
public final class JUnitRound {

    private static final Pattern ID = Pattern.compile("test-template:(\\w+)\\(.*invocation:#(\\d+)]");

    private JUnitRound() {}

    /** Takes the seed, and the file that results are appended to. */
    public static void main(String[] args) throws IOException {
        System.setProperty(BodyTestCases.SEED_PROPERTY_NAME, args[0]);
        Path output = Files.createTempDirectory("rates");
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(BodyTestCases.class))
                        .configurationParameter(Configuration.OUTPUT_PROPERTY_NAME, output.toString())
                        .build());
        Path results = output.resolve("results.jsonl");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(results)) {
            lines.add(judged(JsonParser.parseString(line).getAsJsonObject()).line());
        }
        Files.write(Path.of(args[1]), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.delete(results);
        Files.delete(output);
    }

    private static Judged judged(JsonObject result) {
        double millis = result.get("screenMillis").getAsDouble()
                + result.get("confirmMillis").getAsDouble()
                + result.get("explainMillis").getAsDouble();
        Reason reason = Reason.valueOf(result.get("reason").getAsString().toUpperCase(Locale.ROOT));
        String evidence = result.get("detail").getAsString() + "; " + result.get("leaks");
        return Judged.of(Way.JUNIT, trial(result.get("uniqueId").getAsString()), reason, millis, evidence);
    }

    private static Trial trial(String uniqueId) {
        Matcher id = ID.matcher(uniqueId);
        if (!id.find()) {
            throw new IllegalStateException("no trial has the id " + uniqueId);
        }
        int index = Integer.parseInt(id.group(2)) - 1;
        return switch (id.group(1)) {
            case "everyRun" -> BodyTestCases.everyRun().get(index);
            case "oneIn10" -> BodyTestCases.oneIn10().get(index);
            case "oneIn20" -> BodyTestCases.oneIn20().get(index);
            default -> throw new IllegalStateException("no trial has the id " + uniqueId);
        };
    }
}
