package io.heapspec.internal.report;

import io.heapspec.internal.advice.Diagnoses;
import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.ClassLoaderJudgement;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.ThreadJudgement;
import io.heapspec.result.WatchJudgement;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The results for machines: {@code results.jsonl}, one JSON object in one line for each judged test.
 *
 * <p>Lines are appended under a lock on the file, each in one piece, so that several JVMs may write to one folder. Where it
 * cannot be written to, the line goes to the system's folder for temporary files, or at last into the log: no result is lost.
 */
public final class ResultsFile {

    /** Name of the file in the output folder. */
    public static final String NAME = "results.jsonl";

    private static final System.Logger LOGGER = System.getLogger(ResultsFile.class.getName());

    private final Path folder;

    public ResultsFile(Path folder) {
        this.folder = folder;
    }

    /** Appends the line for one test's {@code @NoLeak}. */
    public void append(TestName test, LeakJudgement judgement, Diagnoses diagnoses, JvmDescription jvm) {
        append(LeakJson.line(test, judgement, diagnoses, jvm));
    }

    /** Appends the line for one test's {@code @MaxAllocations}. */
    public void append(TestName test, AllocationJudgement judgement, JvmDescription jvm) {
        append(AllocationJson.line(test, judgement, jvm));
    }

    /** Appends the line for one test's {@code @NoClassLoaderLeak}. */
    public void append(TestName test, ClassLoaderJudgement judgement, JvmDescription jvm) {
        append(LoaderJson.line(test, judgement, jvm));
    }

    /** Appends the line for one test's {@code LeakWatcher}. */
    public void append(TestName test, WatchJudgement judgement, JvmDescription jvm) {
        append(WatchJson.line(test, judgement, jvm));
    }

    /** Appends the line for the {@code @NoThreadLeak} of one test, or of one test class. */
    public void append(TestName test, ThreadJudgement judgement, JvmDescription jvm) {
        append(ThreadJson.line(test, judgement, jvm));
    }

    /** Appends the line for one test's {@code @MaxGcPauses}. */
    public void append(TestName test, PauseJudgement judgement, JvmDescription jvm) {
        append(PauseJson.line(test, judgement, jvm));
    }

    /** Appends a line for what was suppressed and never found: what it is, and where that stands. */
    public void appendUnused(Map<String, String> sourceByText, JvmDescription jvm) {
        append(UnusedJson.line(sourceByText, jvm));
    }

    private void append(String json) {
        byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            append(folder, ByteBuffer.wrap(line));
        } catch (IOException e) {
            Path elsewhere = Path.of(System.getProperty("java.io.tmpdir"), "heapspec");
            String problem = "HeapSpec could not write " + folder.resolve(NAME) + " (" + e + ")";
            try {
                append(elsewhere, ByteBuffer.wrap(line));
                LOGGER.log(Level.WARNING, problem + "; the result is in " + elsewhere.resolve(NAME));
            } catch (IOException again) {
                LOGGER.log(Level.ERROR, problem + "; the result is: " + new String(line, StandardCharsets.UTF_8));
            }
        }
    }

    private static void append(Path folder, ByteBuffer line) throws IOException {
        Files.createDirectories(folder);
        synchronized (ResultsFile.class) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(NAME),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND);
                    FileLock lock = channel.lock()) {
                while (lock.isValid() && line.hasRemaining()) {
                    channel.write(line);
                }
            }
        }
    }
}
