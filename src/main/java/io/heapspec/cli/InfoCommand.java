package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.heap.ClassHistogram;
import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectLayout;
import io.heapspec.heap.ThreadInfo;
import io.heapspec.internal.util.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what a dump is. */
@Command(
        name = "info",
        description =
                "Says what a dump is: format, size, objects, classes, roots, threads, and how objects are laid out.",
        footer = {"  heapspec info app.hprof", "  heapspec info app.hprof --no-thread-names --json"})
final class InfoCommand extends DumpCommand {
    @Option(names = "--no-thread-names", description = "Only count threads: names may tell more than you want to show.")
    private boolean withoutThreadNames;

    private final long started = System.nanoTime();

    @Override
    Findings analyse(HeapGraph graph, Progress stages) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        stages.stage("measuring objects");
        List<String> threads = graph.threads().stream().map(ThreadInfo::name).toList();
        return new Info(
                dump().toString(),
                DumpFile.read(dump()),
                graph.objectCount(),
                graph.classCount(),
                roots(graph),
                threads,
                !withoutThreadNames,
                graph.layout(),
                ClassHistogram.of(graph).bytes(),
                millis,
                used);
    }

    private static Map<String, Long> roots(HeapGraph graph) {
        Map<String, Long> roots = new TreeMap<>();
        for (GcRoot root : graph.roots()) {
            String kind = root.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
            roots.merge(kind.toLowerCase(Locale.ROOT), 1L, Long::sum);
        }
        return roots;
    }

    private record Info(
            String dump,
            DumpFile file,
            long objects,
            long classes,
            Map<String, Long> roots,
            List<String> threads,
            boolean named,
            ObjectLayout layout,
            long shallowBytes,
            long readMillis,
            long heapUsedBytes)
            implements Findings {
        @Override
        public List<String> text() {
            List<String> lines = new ArrayList<>();
            lines.add(fact("file", dump + ", " + Bytes.exact(file.fileBytes()) + (file.gzip() ? ", gzip" : "")));
            lines.add(fact("format", file.format() + ", identifiers of " + file.identifierBytes() + " B"));
            lines.add(fact("dumped at", file.dumpedAt().toString()));
            lines.add(fact("objects", Page.count(objects) + ", " + Bytes.exact(shallowBytes)));
            lines.add(fact("classes", Page.count(classes)));
            lines.add(fact("layout", layout.toString()));
            lines.add(fact(
                    "roots",
                    Page.count(roots.values().stream().mapToLong(each -> each).sum())));
            roots.forEach((kind, count) -> lines.add(fact("", Page.count(count) + " " + kind.replace('_', ' '))));
            lines.add(fact("threads", Page.count(threads.size())));
            if (named) {
                threads.forEach(name -> lines.add(fact("", "\"" + name + "\"")));
            }
            lines.add(fact("read in", Page.count(readMillis) + " ms, heap used then " + Bytes.rounded(heapUsedBytes)));
            return lines;
        }

        private static String fact(String name, String value) {
            return String.format(Locale.ROOT, "%-10s %s", name, value);
        }

        @Override
        public void json(JsonWriter json) throws IOException {
            json.name("dump").value(dump);
            json.name("format").value(file.format());
            json.name("gzip").value(file.gzip());
            json.name("identifierBytes").value(file.identifierBytes());
            json.name("fileBytes").value(file.fileBytes());
            json.name("dumpedAt").value(file.dumpedAt().toString());
            json.name("objects").value(objects);
            json.name("classes").value(classes);
            json.name("shallowBytes").value(shallowBytes);
            json.name("layout").beginObject();
            json.name("headerBytes").value(layout.headerBytes());
            json.name("referenceBytes").value(layout.referenceBytes());
            json.name("alignment").value(layout.alignment());
            json.name("evident").value(layout.evident());
            json.endObject();
            json.name("roots").beginObject();
            for (Map.Entry<String, Long> kind : roots.entrySet()) {
                json.name(kind.getKey()).value(kind.getValue());
            }
            json.endObject();
            json.name("threads").value(threads.size());
            if (named) {
                json.name("threadNames").beginArray();
                for (String name : threads) {
                    json.value(name);
                }
                json.endArray();
            }
            json.name("readMillis").value(readMillis);
            json.name("heapUsedBytes").value(heapUsedBytes);
        }
    }
}
