package io.heapspec.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command before the command: lists the others. */
@Command(
        name = "heapspec",
        description = "Answers questions about heap dumps of the JVM (.hprof).",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            InfoCommand.class,
            HistogramCommand.class,
            PathsCommand.class,
            RetainedCommand.class,
            DiffCommand.class,
            SanitizeCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapspec info app.hprof",
            "  heapspec paths app.hprof --class com.acme.Session --retained",
            "  heapspec diff before.hprof after.hprof --top 10"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All went well.",
            "1:Something was found that a --fail-on option names.",
            "2:An option or argument is wrong.",
            "3:A file cannot be read or written, or is damaged.",
            "4:There is not enough memory; the message names an -Xmx to try.",
            "5:HeapSpec itself has a defect."
        })
final class TopCommand implements Runnable {
    final boolean errIsTerminal;

    @Spec
    private @Nullable CommandSpec spec;

    TopCommand(boolean errIsTerminal) {
        this.errIsTerminal = errIsTerminal;
    }

    @Override
    public void run() {
        if (spec != null) {
            String names = String.join(", ", spec.subcommands().keySet());
            throw new ParameterException(spec.commandLine(), "Which command? There are " + names);
        }
    }
}
