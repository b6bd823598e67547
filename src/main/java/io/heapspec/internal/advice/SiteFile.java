package io.heapspec.internal.advice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads known sites from a text file beside this class; its first lines say what an entry is made of. */
final class SiteFile {

    private final List<KnownSite> sites = new ArrayList<>();
    private final String name;
    private @Nullable Entry entry;

    private SiteFile(String name) {
        this.name = name;
    }

    static List<KnownSite> read(String name) {
        SiteFile file = new SiteFile(name);
        try (InputStream bytes = Objects.requireNonNull(SiteFile.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            return file.parse(lines.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<KnownSite> parse(Stream<String> lines) {
        lines.filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(this::add);
        finishEntry();
        return List.copyOf(sites);
    }

    private void add(String line) {
        if (!line.startsWith(" ")) {
            finishEntry();
            entry = new Entry(line);
        } else if (entry == null || !entry.add(line.strip())) {
            throw new IllegalArgumentException("\"" + line + "\" in " + name + " is no line of an entry");
        }
    }

    private void finishEntry() {
        if (entry != null) {
            sites.add(entry.site());
        }
    }

    /** An entry as it is being read. */
    private static final class Entry {

        private final String id;
        private final List<SitePattern> patterns = new ArrayList<>();
        private final List<String> threads = new ArrayList<>();
        private String library = "";
        private @Nullable FrameworkKind kind;
        private String why = "";
        private String cure = "";

        Entry(String id) {
            this.id = id;
        }

        boolean add(String line) {
            int colon = line.indexOf(": ");
            String value = line.substring(colon + 2);
            String[] key = line.substring(0, Math.max(0, colon)).split(" ", -1);
            switch (key[0]) {
                case "at" -> addPatterns(key, value);
                case "thread" -> threads.add(value);
                case "library" -> library = value;
                case "kind" -> kind = FrameworkKind.of(value);
                case "why" -> why = value;
                case "cure" -> cure = value;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void addPatterns(String[] key, String value) {
            List<Integer> jdks =
                    Arrays.stream(key).skip(1).map(Integer::valueOf).toList();
            for (String pattern : value.split(" ", -1)) {
                patterns.add(SitePattern.parse(pattern, jdks));
            }
        }

        KnownSite site() {
            return new KnownSite(id, List.copyOf(patterns), List.copyOf(threads), library, kind, why, cure);
        }
    }
}
