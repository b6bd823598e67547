package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.cli.Page.Column;
import io.heapspec.cli.Page.Kind;
import io.heapspec.heap.ClassHistogram;
import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.util.Bytes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts objects by class. */
@Command(
        name = "histogram",
        description =
                "Counts the objects of each class and adds up their shallow sizes, largest first, reachable or not.",
        footer = {
            "  heapspec histogram app.hprof --top 50",
            "  heapspec histogram app.hprof --filter 'com.acme.*'",
            "  heapspec histogram app.hprof --filter '/Session$/' --html classes.html"
        })
final class HistogramCommand extends DumpCommand {
    @Option(
            names = "--filter",
            paramLabel = "PATTERN",
            converter = NamePattern.Converter.class,
            description = "Only classes of this name: * stands for anything, or a regular expression between slashes.")
    private @Nullable NamePattern filter;

    @Mixin
    private PageOptions page = new PageOptions();

    @Override
    Findings analyse(HeapGraph graph, Progress stages) {
        stages.stage("counting objects");
        List<ClassHistogram.Row> rows = ClassHistogram.of(graph).rows().stream()
                .filter(row -> filter == null || filter.matches(row.type().name()))
                .toList();
        long objects = rows.stream().mapToLong(ClassHistogram.Row::objects).sum();
        long bytes = rows.stream().mapToLong(ClassHistogram.Row::bytes).sum();
        List<ClassHistogram.Row> shown = rows.subList(0, page.shown(rows.size()));
        return new Histogram(dump().toString(), graph.layout().toString(), objects, bytes, rows.size(), shown);
    }

    @Override
    void keep(Findings findings) throws IOException {
        page.write(((PagedFindings) findings).page());
    }

    private record Histogram(
            String dump, String layout, long objects, long bytes, int classes, List<ClassHistogram.Row> rows)
            implements PagedFindings {
        @Override
        public Page page() {
            return new Page(
                    "Classes of " + dump,
                    List.of(
                            dump + ": " + Page.counted(objects, "object") + " of " + Page.counted(classes, "class")
                                    + ", " + Bytes.exact(bytes) + ".",
                            "Sizes are shallow: " + layout + "."),
                    List.of(
                            new Column("objects", Kind.COUNT),
                            new Column("bytes", Kind.BYTES),
                            new Column("class", Kind.TEXT)),
                    rows.stream()
                            .map(row -> new Page.Row(
                                    List.of(
                                            row.objects(),
                                            row.bytes(),
                                            row.type().name()),
                                    List.of()))
                            .toList(),
                    Page.left(classes, rows.size(), "class"));
        }

        @Override
        public void json(JsonWriter json) throws IOException {
            json.name("dump").value(dump);
            json.name("objects").value(objects);
            json.name("bytes").value(bytes);
            json.name("classes").value(classes);
            json.name("rows").beginArray();
            for (ClassHistogram.Row row : rows) {
                json.beginObject();
                json.name("class").value(row.type().name());
                json.name("objects").value(row.objects());
                json.name("bytes").value(row.bytes());
                json.endObject();
            }
            json.endArray();
        }
    }
}
