package io.heapspec.internal.hprof;

import io.heapspec.internal.hprof.HprofSanitizer.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM that cannot write files longer than 512 KiB, which is what a full disk is like. */
final class FullDisk {
    private final Path source;
    private final Path target;

    /** Inflates a dump if the target is a folder, else sanitizes it. */
    FullDisk(Path source, Path target) {
        this.source = source;
        this.target = target;
    }

    /** Runs to the end; returns what went wrong. */
    String run() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                source.toString(),
                target.toString());
        String line = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("bash", "-c", "ulimit -f 512; exec " + line)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path target = Path.of(args[1]);
        if (Files.isDirectory(target)) {
            HprofBytes.map(source, new Inflation(target), share -> {}).close();
        } else {
            new HprofSanitizer(new Rules(false)).copy(source, target);
        }
    }
}
