package io.heapspec.cli;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** What a run of the command line left behind. */
record Run(int exitCode, String out, String err) {
    static Run of(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        int exitCode = new Main(new PrintWriter(out), new PrintWriter(err), false).run(texts);
        return new Run(exitCode, unix(out), unix(err));
    }

    /** Takes out what no two runs have in common. */
    String outIn(Path folder) {
        return out.replace(folder + File.separator, "")
                .replaceAll("read in    .*", "read in    # ms, heap used then #")
                .replaceAll("\"readMillis\":\\d+,\"heapUsedBytes\":\\d+", "\"readMillis\":0,\"heapUsedBytes\":0");
    }

    private static String unix(StringWriter text) {
        return text.toString().replace("\r\n", "\n");
    }
}
