package io.heapspec.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of {@code docs/performance.md} between two marks. */
record MarkedPage(String mark) {

    private static final Path PAGE = Path.of("docs", "performance.md");

    /** Replaces that part. */
    void write(String text) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- " + mark + " -->";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end of ", from);
        if (from < begin.length() || to < from) {
            throw new IllegalStateException(PAGE + " has no marks \"" + mark + "\" between which the tables belong");
        }
        Files.writeString(PAGE, page.substring(0, from) + "\n\n" + text + "\n" + page.substring(to));
    }
}
