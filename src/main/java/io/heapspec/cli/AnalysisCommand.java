package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that looks into dumps and prints what it finds, as text or JSON. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All went well.",
            "2:An option or argument is wrong.",
            "3:A file cannot be read or written, or is damaged.",
            "4:There is not enough memory."
        },
        footerHeading = "%nExamples:%n")
abstract class AnalysisCommand implements Callable<Integer> {
    @Option(
            names = "--json",
            order = 100,
            description = "Print JSON instead of text; its fields stay as they are documented.")
    private boolean json;

    @Option(
            names = "--progress",
            order = 101,
            description = "Show what takes long on the standard error stream, also where that is no terminal.")
    private boolean progress;

    @ParentCommand
    private @Nullable TopCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    /** Returns the dumps that the command reads. */
    abstract List<Path> dumps();

    /** Does the work; nothing is printed before it is done. */
    abstract Findings analyse(Progress stages) throws IOException;

    /** Does something with the findings besides printing them. */
    void keep(Findings findings) throws IOException {}

    @Override
    public Integer call() throws IOException {
        boolean shown = progress || (parent != null && parent.errIsTerminal);
        Findings findings;
        try (Progress stages = Progress.to(spec().commandLine().getErr(), shown)) {
            findings = analyse(stages);
        }
        keep(findings);
        PrintWriter out = spec().commandLine().getOut();
        if (json) {
            out.println(Escapes.controls(json(findings)));
        } else {
            findings.text().forEach(line -> out.println(Escapes.controls(line)));
        }
        out.flush();
        return findings.exitCode();
    }

    /** Says that the arguments cannot be met, as one sentence without its full stop. */
    final ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    private String json(Findings findings) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.beginObject();
            writer.name("command").value(spec().name());
            findings.json(writer);
            writer.endObject();
        }
        return text.toString();
    }
}
