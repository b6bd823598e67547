package io.heapspec.internal.hprof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM that cannot write files longer than 512 KiB, which is what a full disk is like. */
public final class FullDisk {
    private final Class<?> main;
    private final Path source;
    private final Path target;

    /** Prepares for a main class, which is given two paths. */
    public FullDisk(Class<?> main, Path source, Path target) {
        this.main = main;
        this.source = source;
        this.target = target;
    }

    /** Runs to the end; returns what went wrong. */
    public String run() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                source.toString(),
                target.toString());
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("bash", "-c", "ulimit -f 512; exec " + line)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
