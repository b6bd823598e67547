package io.heapspec.cli;

import io.heapspec.heap.HeapDumpException;
import io.heapspec.heap.HeapTooSmallException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the command line, and turns whatever goes wrong into one line and an exit code. */
public final class Main {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean errIsTerminal;

    Main(PrintWriter out, PrintWriter err, boolean errIsTerminal) {
        this.out = out;
        this.err = err;
        this.errIsTerminal = errIsTerminal;
    }

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int exitCode = new Main(out, err, Progress.isShownByDefault()).run(args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** Runs a command and returns its exit code. */
    int run(String... args) {
        CommandLine commandLine = commandLine(errIsTerminal).setOut(out).setErr(err);
        commandLine.setParameterExceptionHandler((wrong, given) -> usage(wrong));
        commandLine.setExecutionExceptionHandler((thrown, command, parsed) -> failure(thrown));
        try {
            return commandLine.execute(args);
        } catch (OutOfMemoryError tooLarge) {
            // What the command held is garbage by now, so there is room for advice.
            return complain(ExitCode.MEMORY, MemoryAdvice.about(dumps(commandLine)));
        }
    }

    /** Returns the command line, before it has read any arguments. */
    static CommandLine commandLine(boolean errIsTerminal) {
        return new CommandLine(new TopCommand(errIsTerminal)).setUsageHelpAutoWidth(false);
    }

    private int usage(ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage()).lines().collect(Collectors.joining(" "));
        List<String> similar =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        if (!similar.isEmpty()) {
            message += "; did you mean " + String.join(" or ", similar) + "?";
        }
        String help = wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        return complain(ExitCode.USAGE, message + " (" + help + " lists what is allowed)");
    }

    private int failure(Exception thrown) {
        if (thrown instanceof ParameterException wrong) {
            return usage(wrong);
        } else if (thrown instanceof HeapTooSmallException) {
            return complain(ExitCode.MEMORY, String.valueOf(thrown.getMessage()));
        } else if (thrown instanceof HeapDumpException) {
            return complain(ExitCode.FILE, String.valueOf(thrown.getMessage()));
        } else if (thrown instanceof IOException) {
            return complain(ExitCode.FILE, "Cannot read or write: " + thrown);
        }
        thrown.printStackTrace(err);
        return complain(ExitCode.DEFECT, "This is a defect of HeapSpec; please report it with the lines above.");
    }

    private int complain(int exitCode, String sentence) {
        err.println("heapspec: " + Escapes.controls(sentence));
        err.flush();
        return exitCode;
    }

    private static List<Path> dumps(CommandLine commandLine) {
        ParseResult parsed = commandLine.getParseResult();
        return parsed.hasSubcommand()
                        && parsed.subcommand().commandSpec().userObject() instanceof AnalysisCommand command
                ? command.dumps()
                : List.of();
    }

    /** Writes as the terminal reads, if that has the characters chains are drawn with; else UTF-8. */
    private static PrintWriter writer(FileDescriptor stream) {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        Charset drawing = charset.canEncode() && charset.newEncoder().canEncode('└') ? charset : StandardCharsets.UTF_8;
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), drawing), false);
    }
}
