package io.heapspec.bench;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures, in this JVM, what it costs to confirm and explain a leak. */
final class LeakCost {

    private static final int TESTS = 6;

    private LeakCost() {}

    /** Takes the file that a row of the table is written to, and {@code loaded} if much is live. */
    public static void main(String[] args) throws Exception {
        boolean loaded = args[1].equals("loaded");
        if (loaded) {
            Ballast.load();
        }
        Suite suite = new Suite(LeakingTestCases.class, TESTS);
        suite.run();
        List<JsonObject> results = suite.results();
        long caught = results.stream()
                .filter(result -> result.get("verdict").getAsString().equals("failed"))
                .count();
        double[] later =
                results.stream().skip(1).mapToDouble(LeakCost::millis).sorted().toArray();
        String row = String.format(
                Locale.ROOT,
                "%d of %d | %.0f | %.0f | %.0f",
                caught,
                TESTS,
                millis(results.get(0)),
                later[later.length / 2],
                later[later.length - 1]);
        Files.writeString(Path.of(args[0]), row);
    }

    private static double millis(JsonObject result) {
        return result.get("confirmMillis").getAsDouble()
                + result.get("explainMillis").getAsDouble();
    }
}
