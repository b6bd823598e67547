package io.heapspec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * JVMs with the serial collector that may need so much and no more.
 *
 * @param heapMebibytes their largest heap
 * @param time how much CPU time they may take; not the wall clock's, which counts what others do
 */
record BoundedJvm(int heapMebibytes, Duration time) {
    static final int OUT_OF_MEMORY = 3;

    /** How a JVM ended. */
    sealed interface Ending {}

    /** It printed these. */
    record Figures(double[] values) implements Ending {
        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** It needed more. */
    record TooMuch(String bound) implements Ending {}

    /** Runs a JVM with these arguments after its options, and a folder of its own for temporary files, which may be left when it is ended. */
    Ending run(List<String> arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("heapspec-jvm");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heapMebibytes + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(arguments);
        Path errors = folder.resolve("errors.txt");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            return endsInTime(process)
                    ? ending(process, command, errors)
                    : new TooMuch("more than " + time.toSeconds() + " s");
        } finally {
            delete(folder);
        }
    }

    /** What it prints fits the pipe, so that it can be read in the end. */
    private boolean endsInTime(Process process) throws InterruptedException {
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            Duration used = process.info().totalCpuDuration().orElse(Duration.ZERO);
            if (used.compareTo(time) > 0) {
                process.destroyForcibly().waitFor();
                return false;
            }
        }
        return true;
    }

    private Ending ending(Process process, List<String> command, Path errors) throws IOException {
        if (process.exitValue() == OUT_OF_MEMORY) {
            return new TooMuch("more than " + heapMebibytes + " MiB");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " failed: " + Files.readString(errors));
        }
        String out = new String(process.getInputStream().readAllBytes()).strip();
        return new Figures(Arrays.stream(out.split(" "))
                .filter(figure -> !figure.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray());
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
