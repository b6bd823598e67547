package io.heapspec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a page between two marks.
 *
 * @param page the page
 * @param mark what stands in the first
 */
public record MarkedPage(Path page, String mark) {

    private static final Path PERFORMANCE = Path.of("docs", "performance.md");

    MarkedPage(String mark) {
        this(PERFORMANCE, mark);
    }

    /** Replaces that part. */
    public void write(String text) throws IOException {
        String old = Files.readString(page);
        String begin = "<!-- " + mark + " -->";
        int from = old.indexOf(begin) + begin.length();
        int to = old.indexOf("<!-- end of ", from);
        if (from < begin.length() || to < from) {
            throw new IllegalStateException(page + " has no marks \"" + mark + "\" between which the tables belong");
        }
        Files.writeString(page, old.substring(0, from) + "\n\n" + text + "\n" + old.substring(to));
    }
}
