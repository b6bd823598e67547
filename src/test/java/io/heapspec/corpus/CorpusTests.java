package io.heapspec.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class CorpusTests {

    @TempDir
    Path folder;

    @Test
    void everyLeakHasACleanTwin() {
        Set<String> fixed = Corpus.cases().stream()
                .filter(each -> each.method().isAnnotationPresent(Fixes.class))
                .map(each -> topLevel(each.type())
                        + each.method().getAnnotation(Fixes.class).value())
                .collect(Collectors.toSet());
        Set<String> leaking = Corpus.cases().stream()
                .filter(each -> each.method().isAnnotationPresent(Leaks.class))
                .map(each -> topLevel(each.type()) + each.method().getName())
                .collect(Collectors.toSet());
        assertThat(fixed).containsExactlyInAnyOrderElementsOf(leaking);
    }

    /**
     * In a JVM of its own, since the leaking cases leave threads and hooks behind; with the options of this one. Takes minutes, and runs
     * with {@code -Dheapspec.corpus=true}; {@code .ci/corpus} does the same for all collectors.
     */
    @Test
    @EnabledIfSystemProperty(named = "heapspec.corpus", matches = "true")
    void everyVerdictIsRight() throws Exception {
        Path output = folder.resolve("corpus.txt");
        Process process = start(output);
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path output) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X") && !argument.startsWith("-Xrun"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CorpusRun.class.getName()));
        return new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String topLevel(Class<?> type) {
        return type.getName().replaceAll("\\$.*", "") + ".";
    }
}
