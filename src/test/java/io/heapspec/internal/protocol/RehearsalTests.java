package io.heapspec.internal.protocol;

import static io.heapspec.internal.hprof.HprofWriter.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.gc.HeapDumper.Dump;
import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.hprof.HprofWriter.Field;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTests {

    private static final Path RESOURCES = Path.of("src/main/resources/io/heapspec/internal/protocol");

    @TempDir
    private Path folder;

    /** The dumps in the jar are those that are written here; {@link #main} writes them anew. */
    @Test
    void comesWithTheDumpsThatAreWrittenHere() throws Exception {
        assertThat(resource("rehearsal-first.dump")).isEqualTo(dump(0));
        assertThat(resource("rehearsal-last.dump")).isEqualTo(dump(Rehearsal.RUNS));
    }

    @Test
    void findsBothLeaksOfItsDumps() throws Exception {
        HeapDumper dumper = new HeapDumper(new Collector());
        try (Dump first = dumper.prepare(folder);
                Dump last = dumper.prepare(folder)) {
            Files.write(first.file(), dump(0));
            Files.write(last.file(), dump(Rehearsal.RUNS));

            assertThat(Rehearsal.find(first, last)).isEqualTo(2);
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        new Rehearsal().once(new HeapDumper(new Collector()), folder);

        assertThat(folder).isEmptyDirectory();
    }

    public static void main(String[] args) throws Exception {
        Files.write(RESOURCES.resolve("rehearsal-first.dump"), dump(0));
        Files.write(RESOURCES.resolve("rehearsal-last.dump"), dump(Rehearsal.RUNS));
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream resource = Objects.requireNonNull(Rehearsal.class.getResourceAsStream(name))) {
            return resource.readAllBytes();
        }
    }

    /** Sessions in an array, one object again and again in another, and roots of some kinds. */
    private static byte[] dump(int runs) {
        HprofWriter dump = new HprofWriter(8);
        dump.addClass(0x100, "java/lang/Object", 0);
        dump.addClass(0x108, "java/lang/ref/Reference", 0x100, reference("referent"), reference("discovered"));
        dump.addClass(0x110, "java/lang/ref/SoftReference", 0x108);
        dump.addClass(0x118, "[Ljava/lang/Object;", 0x100);
        dump.addClass(0x120, "acme/Session", 0x100, reference("user"));
        dump.addClass(0x128, "acme/List", 0x100, reference("elements"));
        dump.addClass(
                0x130,
                "acme/Server",
                0x100,
                0,
                List.of(
                        new Field("SESSIONS", BasicType.OBJECT, 0x200),
                        new Field("LISTENERS", BasicType.OBJECT, 0x208),
                        new Field("CACHED", BasicType.OBJECT, 0x220)));
        dump.addInstance(0x200, 0x128, 0x210).addInstance(0x208, 0x128, 0x218);
        dump.addInstance(0x220, 0x110, 0x228, 0).addInstance(0x228, 0x100);
        long[] sessions = new long[16];
        long[] listeners = new long[16];
        for (int i = 0; i < 1 + runs; i++) {
            sessions[i] = 0x1000 + 0x10 * i;
            listeners[i] = 0x228;
            dump.addInstance(sessions[i], 0x120, 0);
        }
        dump.addObjectArray(0x210, 0x118, sessions).addObjectArray(0x218, 0x118, listeners);
        dump.addClass(0x138, "java/lang/Thread", 0x100, reference("target")).addInstance(0x230, 0x138, 0x228);
        dump.addLoadedClass(1, 0x130, "acme/Server");
        dump.addFrame(0x900, "serve", "Server.java", 1, 12).addStack(1, 1, 0x900);
        dump.addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, 0x230, 1, 1);
        dump.addInstance(0x238, 0x100).addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, 0x238, 1, 0);
        dump.addInstance(0x240, 0x100).addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, 0x240);
        for (long type = 0x100; type <= 0x138; type += 8) {
            dump.addStickyClass(type);
        }
        return dump.toBytes();
    }
}
