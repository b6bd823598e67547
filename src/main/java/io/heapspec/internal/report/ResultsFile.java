package io.heapspec.internal.report;

import com.google.gson.stream.JsonWriter;
import io.heapspec.result.Block;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.PathElement;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

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

    /** Appends the line for one test. */
    public void append(TestName test, LeakJudgement judgement, JvmDescription jvm) {
        byte[] line = (json(test, judgement, jvm) + "\n").getBytes(StandardCharsets.UTF_8);
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

    static String json(TestName test, LeakJudgement judgement, JvmDescription jvm) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("uniqueId").value(test.uniqueId());
            json.name("test").value(test.shortName());
            json.name("promise").value("noLeak");
            json.name("verdict").value(lower(judgement.verdict()));
            json.name("reason").value(lower(judgement.reason()));
            json.name("detail").value(judgement.detail());
            json.name("sensitivity").value(judgement.sensitivity());
            json.name("reruns").value(judgement.reruns());
            json.name("blocks").beginArray();
            for (Block block : judgement.blocks()) {
                json.beginObject()
                        .name("runs")
                        .value(block.runs())
                        .name("growth")
                        .value(block.growth())
                        .endObject();
            }
            json.endArray();
            json.name("leaks").beginArray();
            for (Leak leak : judgement.leaks()) {
                leak(json, leak);
            }
            json.endArray();
            json.name("screenMillis").value(millis(judgement.costs().screenMillis()));
            json.name("confirmMillis").value(millis(judgement.costs().confirmMillis()));
            json.name("explainMillis").value(millis(judgement.costs().explainMillis()));
            jvm(json, jvm);
            json.endObject();
        } catch (IOException aStringHasRoom) {
            throw new UncheckedIOException(aStringHasRoom);
        }
        return text.toString();
    }

    private static void leak(JsonWriter json, Leak leak) throws IOException {
        json.beginObject();
        json.name("fingerprint").value(leak.fingerprint());
        json.name("kind").value(lower(leak.kind()));
        json.name("leakedClass").value(leak.chain().leakedClass());
        json.name("rootKind").value(lower(leak.chain().root().kind()));
        json.name("root").value(leak.chain().root().text());
        json.name("accumulationPoint").value(leak.chain().accumulationPoint());
        json.name("chain").beginArray();
        for (PathElement element : leak.chain().elements()) {
            json.beginObject();
            json.name("class").value(element.holderClass());
            json.name("edge").value(element.edge());
            json.name("accumulates").value(element.accumulationPoint());
            json.endObject();
        }
        json.endArray();
        json.name("objectsPerRun").value(leak.objectsPerRun());
        json.name("bytesPerRun").value(leak.bytesPerRun());
        json.name("retainedBytes").value(leak.retainedBytes());
        json.name("retainedObjects").value(leak.retainedObjects());
        json.name("referencesOnly").value(leak.referencesOnly());
        json.endObject();
    }

    private static void jvm(JsonWriter json, JvmDescription jvm) throws IOException {
        json.name("jvm").beginObject();
        json.name("version").value(jvm.version());
        json.name("vm").value(jvm.vm());
        json.name("collector").value(jvm.collector());
        json.name("maxHeapBytes").value(jvm.maxHeapBytes());
        json.endObject();
    }

    private static double millis(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
