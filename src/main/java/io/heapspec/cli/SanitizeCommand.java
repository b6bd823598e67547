package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import io.heapspec.heap.ClassHistogram;
import io.heapspec.heap.HeapDumpException;
import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.sanitize.HprofSanitizer;
import io.heapspec.internal.util.Bytes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a dump without its data. */
@Command(
        name = "sanitize",
        description = {
            "Copies a dump without the data in it: texts and arrays of numbers are emptied, sizes and references stay.",
            "Names of classes, fields and methods stay as well, and so do other numbers, unless --fields is given."
        },
        footer = {
            "  heapspec sanitize app.hprof app.clean.hprof.gz --fields --verify",
            "  heapspec sanitize app.hprof app.clean.hprof --force"
        })
final class SanitizeCommand extends AnalysisCommand {
    @Parameters(index = "0", paramLabel = "DUMP", description = "A heap dump (.hprof).")
    private Path dump = Path.of("");

    @Parameters(index = "1", paramLabel = "COPY", description = "The file to write; compressed if it ends with .gz.")
    private Path copy = Path.of("");

    @Option(names = "--fields", description = "Empty all fields that are numbers as well.")
    private boolean fields;

    @Option(names = "--force", description = "Replace the copy if there is one.")
    private boolean force;

    @Option(names = "--verify", description = "Afterwards read both, and compare how many objects each class has.")
    private boolean verify;

    @Override
    List<Path> dumps() {
        return List.of(dump);
    }

    @Override
    Findings analyse(Progress stages) throws IOException {
        DoubleConsumer progress = share -> stages.isAt("copying " + dump, share);
        progress.accept(0);
        HprofSanitizer.Result result = copy(progress);
        if (verify && !counts(dump, stages).equals(counts(copy, stages))) {
            throw new IOException("the copy " + copy + " has other objects than " + dump);
        }
        return new Sanitized(dump.toString(), copy.toString(), result, verify, Files.size(copy));
    }

    private HprofSanitizer.Result copy(DoubleConsumer progress) throws IOException {
        if (Files.exists(copy) && Files.exists(dump) && Files.isSameFile(dump, copy)) {
            throw wrong("The copy must be another file than the dump");
        }
        StandardCopyOption[] options =
                force ? new StandardCopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new StandardCopyOption[0];
        try {
            return new HprofSanitizer(new HprofSanitizer.Rules(fields)).copy(dump, copy, progress, options);
        } catch (FileAlreadyExistsException there) {
            throw wrong(copy + " exists already; --force replaces it");
        } catch (HprofFormatException damaged) {
            throw new HeapDumpException(
                    "Cannot use heap dump " + dump + ": at byte " + damaged.position() + ", " + damaged.getMessage()
                            + ".",
                    damaged);
        }
    }

    private static List<String> counts(Path file, Progress stages) throws IOException {
        try (HeapGraph graph = HeapGraph.open(file, stages)) {
            return ClassHistogram.of(graph).rows().stream()
                    .map(row -> row.type().name() + " " + row.objects() + " " + row.bytes())
                    .toList();
        }
    }

    private record Sanitized(String dump, String copy, HprofSanitizer.Result result, boolean verified, long copyBytes)
            implements Findings {
        @Override
        public List<String> text() {
            List<String> lines = new ArrayList<>();
            lines.add(copy + ": " + Page.counted(result.objects(), "object") + ", " + Bytes.exact(copyBytes) + "; "
                    + Bytes.exact(result.emptiedBytes()) + " emptied, all " + Page.counted(result.arrays(), "array")
                    + " of numbers among them.");
            if (verified) {
                lines.add("Each class has as many objects of the same size in both.");
            }
            return lines;
        }

        @Override
        public void json(JsonWriter json) throws IOException {
            json.name("dump").value(dump);
            json.name("copy").value(copy);
            json.name("objects").value(result.objects());
            json.name("arrays").value(result.arrays());
            json.name("emptiedBytes").value(result.emptiedBytes());
            json.name("copyBytes").value(copyBytes);
            json.name("verified").value(verified);
        }
    }
}
