package io.heapspec.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another library that reads heap dumps; what asks it is in src/it/peers, and is built by .ci/peers. */
enum Peer {
    SHARK_2("Shark", "shark-2", "shark"),
    SHARK_3("Shark", "shark-3", "shark"),
    NETBEANS("NetBeans profiler", "netbeans", "org-netbeans-lib-profiler"),
    GRIDKIT("gridkit hprof-heap", "gridkit", "hprof-heap");

    private static final String MAIN = "io.heapspec.peers.PeerSubject";

    private final String name;
    private final Path target;
    private final String artifact;

    Peer(String name, String folder, String artifact) {
        this.name = name;
        this.target = Path.of("src", "it", "peers", folder, "target");
        this.artifact = artifact;
    }

    /** This library, asked for the instances of the class. */
    Contender contender(String task, Path dump, Class<?> targets) throws IOException {
        String libraries = Files.readString(target.resolve("classpath")).strip();
        String path = target.resolve("classes") + File.pathSeparator + libraries;
        return new Contender(
                name + " " + version(libraries),
                false,
                rounds -> List.of("-cp", path, MAIN, task, dump.toString(), targets.getName(), String.valueOf(rounds)));
    }

    private String version(String libraries) {
        Matcher jar = Pattern.compile("\\b" + artifact + "-([^-/\\\\]*\\d[^/\\\\]*)\\.jar")
                .matcher(libraries);
        if (!jar.find()) {
            throw new IllegalStateException("no " + artifact + " in " + libraries);
        }
        return jar.group(1);
    }
}
