package io.heapspec.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that list something. */
final class PageOptions {
    @Option(
            names = "--top",
            paramLabel = "N",
            order = 50,
            defaultValue = "20",
            converter = Whole.Converter.class,
            description = "How many rows to list, 0 for all (default: ${DEFAULT-VALUE}).")
    private Whole top = new Whole(20);

    @Option(
            names = "--html",
            paramLabel = "FILE",
            order = 99,
            description = "Also write the same list as a page for browsers, in one file that needs no network.")
    private @Nullable Path html;

    /** Returns how many rows to list of so many. */
    int shown(int rows) {
        return top.value() == 0 ? rows : (int) Math.min(rows, top.value());
    }

    void write(Page page) throws IOException {
        if (html != null) {
            HtmlPage.write(page, html);
        }
    }
}
