package io.heapspec.internal.hprof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM that cannot write files longer than 512 KiB, which is what a full disk is like. */
final class FullDisk {
    private final Path source;
    private final Path folder;

    /** Inflates a dump into a folder. */
    FullDisk(Path source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    /** Runs to the end; returns what went wrong. */
    String run() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                source.toString(),
                folder.toString());
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("bash", "-c", "ulimit -f 512; exec " + line)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        HprofBytes.map(source, new Inflation(Path.of(args[1]))).close();
    }
}
