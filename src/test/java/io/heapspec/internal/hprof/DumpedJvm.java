package io.heapspec.internal.hprof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, that holds a secret and is dumped by {@code jcmd}. */
public final class DumpedJvm implements AutoCloseable {
    private final Process process;

    /** Starts the JVM, which knows the secret when this returns. */
    public DumpedJvm(String secret) throws IOException {
        process = new ProcessBuilder(
                        tool("java"),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecretHolder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        process.getOutputStream().write(bytes.length);
        process.getOutputStream().write(bytes);
        process.getOutputStream().flush();
        if (process.getInputStream().read() != '\n') {
            throw new IOException("the JVM did not start");
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Dumps the JVM into a new file. */
    public Path dump(Path file, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool("jcmd"), "" + process.pid(), "GC.heap_dump"));
        command.addAll(List.of(options));
        command.add(file.toString());
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0 || !Files.exists(file)) {
            throw new IOException(said);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
