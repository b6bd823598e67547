package io.heapspec.internal.counters;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the open file descriptors of this process are, as Linux tells in {@code /proc/self/fd}: how many of each sort. Names of files
 * are not kept: they are the user's.
 *
 * @param bySort number of descriptors by {@code file}, {@code socket}, {@code pipe}, {@code selector}, or {@code other}; empty where the
 *     system does not tell
 */
public record Descriptors(Map<String, Integer> bySort) {

    private static final Path OWN = Path.of("/proc/self/fd");

    public Descriptors {
        bySort = Map.copyOf(bySort);
    }

    /** Looks at all descriptors that are open now. */
    public static Descriptors read() {
        return read(OWN);
    }

    static Descriptors read(Path folder) {
        Map<String, Integer> found = new TreeMap<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
            for (Path each : descriptors) {
                found.merge(sortOf(each), 1, Integer::sum);
            }
        } catch (IOException | RuntimeException notTold) {
            return new Descriptors(Map.of());
        }
        return new Descriptors(found);
    }

    /** Returns by how many of each sort these are more than others; those that are not are left out. */
    public Map<String, Integer> minus(Descriptors before) {
        Map<String, Integer> more = new TreeMap<>();
        bySort.forEach((sort, count) -> {
            int growth = count - before.bySort.getOrDefault(sort, 0);
            if (growth > 0) {
                more.put(sort, growth);
            }
        });
        return more;
    }

    /** One that is closed meanwhile cannot be read any more. */
    private static String sortOf(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith("/")) {
                return "file";
            } else if (target.startsWith("anon_inode:[event")) {
                return "selector";
            }
            int colon = target.indexOf(':');
            String sort = colon < 0 ? target : target.substring(0, colon);
            return sort.equals("socket") || sort.equals("pipe") ? sort : "other";
        } catch (IOException | RuntimeException gone) {
            return "other";
        }
    }
}
