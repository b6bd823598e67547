package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares shallow sizes with the class histogram of the same JVM.
 *
 * <p>The JVM is the one that runs the tests, or that in the system property {@code heapspec.test.java.home}.
 */
class ShallowSizeTests {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    record Total(long count, long bytes) {}

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC",
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC",
                "-XX:+UseZGC",
                "-XX:+UseSerialGC -XX:-UseCompressedOops",
                "-XX:+UseG1GC -XX:-UseCompressedOops",
                "-XX:+UseSerialGC -XX:-UseCompressedClassPointers -XX:-UseCompressedOops",
                "-XX:+UseSerialGC -XX:-UseCompressedClassPointers",
                "-XX:+UseSerialGC -XX:ObjectAlignmentInBytes=16",
                "-XX:+UseSerialGC -XX:+UseCompactObjectHeaders",
                "-XX:+UseG1GC -XX:+UseCompactObjectHeaders -XX:-UseCompressedOops"
            })
    void equalThoseOfTheHistogram(String options) throws Exception {
        Path dump = directory.resolve("sample.hprof");
        List<String> output = run(options, dump);
        int middle = output.indexOf("after");
        Map<String, Total> expected = histogram(output.subList(0, middle));
        expected.entrySet()
                .retainAll(histogram(output.subList(middle, output.size())).entrySet());
        Map<String, Total> actual = totals(dump);
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, Total> each : expected.entrySet()) {
            Total found = actual.get(each.getKey());
            if (found != null && found.count() == each.getValue().count()) {
                compared++;
                if (found.bytes() != each.getValue().bytes()) {
                    wrong.add(each.getKey() + ": " + found + " instead of " + each.getValue());
                }
            }
        }
        assertThat(compared).as("classes with equal counts").isGreaterThan(expected.size() / 2);
        assertThat(wrong).as(options).isEmpty();
    }

    private static List<String> run(String options, Path dump) throws Exception {
        String home = System.getProperty("heapspec.test.java.home", System.getProperty("java.home"));
        Path classes = Path.of(SizeSample.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>(
                List.of(Path.of(home, "bin", "java").toString(), "-Xmx64m", "-XX:+IgnoreUnrecognizedVMOptions"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-cp", classes.toString(), SizeSample.class.getName(), dump.toString()));
        Path output = dump.resolveSibling("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> output.toString()).isZero();
        return Files.readAllLines(output);
    }

    private static Map<String, Total> histogram(List<String> lines) {
        Map<String, Total> totals = new HashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Total total = new Total(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
                totals.merge(Texts.javaName(matcher.group(3).replace('.', '/')), total, ShallowSizeTests::sum);
            }
        }
        return totals;
    }

    private static Map<String, Total> totals(Path dump) throws HeapDumpException {
        Map<String, Total> totals = new HashMap<>();
        try (HeapGraph graph = HeapGraph.open(dump)) {
            for (int i = 0; i < graph.objectCount(); i++) {
                totals.merge(graph.classOf(i).name(), new Total(1, graph.shallowSize(i)), ShallowSizeTests::sum);
            }
        }
        return totals;
    }

    private static Total sum(Total a, Total b) {
        return new Total(a.count() + b.count(), a.bytes() + b.bytes());
    }
}
