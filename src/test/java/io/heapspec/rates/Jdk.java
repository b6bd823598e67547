package io.heapspec.rates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param feature its feature release, such as 17
 */
public record Jdk(int feature, Path home) {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /** Finds the one that runs this, and the others where Linux installs them; one of each feature release, oldest first. */
    public static List<Jdk> all() throws IOException {
        TreeMap<Integer, Jdk> byFeature = new TreeMap<>();
        Jdk own = new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        byFeature.put(own.feature(), own);
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> folders = Files.list(INSTALLED)) {
                for (Path home : folders.sorted(Comparator.naturalOrder()).toList()) {
                    int feature = featureOf(home.resolve("release"));
                    if (feature >= 17 && Files.isExecutable(home.resolve("bin/java"))) {
                        byFeature.putIfAbsent(feature, new Jdk(feature, home));
                    }
                }
            }
        }
        return List.copyOf(byFeature.values());
    }

    private static int featureOf(Path release) throws IOException {
        if (!Files.isReadable(release)) {
            return 0;
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }
}
