package io.heapspec.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heapspec.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test class as a build tool does, through the launcher, and times its tests. */
final class Suite {

    private static final Path OUTPUT = Path.of("target", "benchmark");
    private static final Path RESULTS = OUTPUT.resolve("results.jsonl");

    private final LauncherDiscoveryRequest request;
    private final Stopwatch stopwatch;

    Suite(Class<?> type, int mostTests) {
        request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(type))
                .configurationParameter(Configuration.OUTPUT_PROPERTY_NAME, OUTPUT.toString())
                .build();
        stopwatch = new Stopwatch(mostTests);
    }

    /** Runs all tests, and returns how many milliseconds each took. */
    double[] run() throws IOException {
        Files.deleteIfExists(RESULTS);
        stopwatch.reset();
        LauncherFactory.create().execute(request, stopwatch);
        return stopwatch.millis();
    }

    /** Returns what HeapSpec wrote about each test of the last run. */
    List<JsonObject> results() throws IOException {
        return Files.readAllLines(RESULTS).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    /** Notes times in an array made before, so that a benchmark of memory keeps nothing of its own. */
    private static final class Stopwatch implements TestExecutionListener {

        private final double[] millis;
        private int tests;
        private long start;

        Stopwatch(int mostTests) {
            millis = new double[mostTests];
        }

        @Override
        public void executionStarted(TestIdentifier identifier) {
            start = System.nanoTime();
        }

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (identifier.isTest()) {
                millis[tests++] = (System.nanoTime() - start) / 1e6;
            }
        }

        void reset() {
            tests = 0;
        }

        double[] millis() {
            return Arrays.copyOf(millis, tests);
        }
    }
}
