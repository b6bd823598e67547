package io.heapspec;

import com.google.gson.JsonObject;
import io.heapspec.rates.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM with options of its own that runs one test class under HeapSpec. */
final class ChildJvm {

    private final Path output;
    private final List<String> command = new ArrayList<>();

    ChildJvm(Path output, String... options) {
        this.output = output;
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dheapspec.output=" + output);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildRun.class.getName()));
    }

    /** On another JDK. */
    ChildJvm on(Jdk jdk) {
        command.set(0, jdk.java());
        return this;
    }

    /** Without the jars whose path has this in it. */
    ChildJvm without(String jar) {
        int classPath = command.indexOf("-cp") + 1;
        command.set(
                classPath,
                Stream.of(command.get(classPath).split(File.pathSeparator))
                        .filter(path -> !path.contains(jar))
                        .collect(Collectors.joining(File.pathSeparator)));
        return this;
    }

    /** With a folder of classes more. */
    ChildJvm with(Path folder) {
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, command.get(classPath) + File.pathSeparator + folder);
        return this;
    }

    /** With a limit on the size of files, in blocks of 1 KiB: what a full disk is like. */
    ChildJvm withFileLimit(int kibibytes) {
        String line =
                String.join(" ", command.stream().map(word -> "'" + word + "'").toList());
        command.clear();
        command.addAll(List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec " + line + " \"$@\"", "bash"));
        return this;
    }

    Started start(Class<?> testClass) throws IOException {
        return start(testClass.getName());
    }

    private Started start(String testClass) throws IOException {
        List<String> full = new ArrayList<>(command);
        full.add(testClass);
        return new Started(new ProcessBuilder(full).redirectErrorStream(true).start());
    }

    /** Runs to the end. */
    Ended run(Class<?> testClass) throws IOException, InterruptedException {
        return start(testClass).end();
    }

    /** Runs a class that this JVM does not know. */
    Ended run(String testClass) throws IOException, InterruptedException {
        return start(testClass).end();
    }

    final class Started {

        private final Process process;

        private Started(Process process) {
            this.process = process;
        }

        Ended end() throws IOException, InterruptedException {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return new Ended(text, Kit.results(output));
        }
    }

    record Ended(String text, List<JsonObject> results) {

        String verdict() {
            return results.stream()
                    .map(result -> result.get("verdict").getAsString() + " "
                            + result.get("reason").getAsString())
                    .distinct()
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("none\n" + text);
        }

        String detail() {
            return results.get(0).get("detail").getAsString();
        }
    }
}
