package io.heapspec;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes for real, and gives what became of them: JUnit's events and HeapSpec's results. */
final class Kit {

    /** The tag of tests of what HeapSpec asks of JUnit: they also run on newer versions than the one it is compiled against. */
    static final String OF_JUNIT = "junit";

    private final Path output;
    private final Map<String, String> parameters = new HashMap<>();

    Kit(Path output) {
        this.output = output;
        parameters.put(Configuration.OUTPUT_PROPERTY_NAME, output.toString());
    }

    Kit with(String key, String value) {
        parameters.put(key, value);
        return this;
    }

    /** As a suite that knows nothing of HeapSpec: by autodetection. */
    Kit autodetected() {
        return with("junit.jupiter.extensions.autodetection.enabled", "true");
    }

    Outcome run(Class<?>... testClasses) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter").configurationParameters(parameters);
        for (Class<?> type : testClasses) {
            builder.selectors(selectClass(type));
        }
        return new Outcome(builder.execute(), results(output));
    }

    static List<JsonObject> results(Path output) {
        Path file = output.resolve("results.jsonl");
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(line -> JsonParser.parseString(line).getAsJsonObject())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Outcome(EngineExecutionResults events, List<JsonObject> results) {

        long started() {
            return events.testEvents().started().count();
        }

        /** Returns verdict and reason of the test of this method, as {@code failed leak}. */
        String verdict(String method) {
            JsonObject result = result(method);
            return result.get("verdict").getAsString() + " "
                    + result.get("reason").getAsString();
        }

        JsonObject result(String method) {
            return results.stream()
                    .filter(result -> result.get("test").getAsString().contains("." + method + "()"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no result for " + method + " in " + results));
        }

        JsonObject leak(String method) {
            return result(method).getAsJsonArray("leaks").get(0).getAsJsonObject();
        }

        /** Returns what the test of this method, or the container, threw. */
        Throwable failure(String method) {
            return events.allEvents()
                    .finished()
                    .filter(event ->
                            event.getTestDescriptor().getUniqueId().toString().contains(":" + method + "("))
                    .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                    .flatMap(result -> result.getThrowable().stream())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(method + " did not fail: " + reported()));
        }

        /** Returns what all tests and containers threw. */
        List<Throwable> failures() {
            return events.allEvents().finished().stream()
                    .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                    .flatMap(result -> result.getThrowable().stream())
                    .toList();
        }

        private List<Event> reported() {
            return events.allEvents().finished().list();
        }
    }
}
