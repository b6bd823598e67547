package io.heapspec.cli;

import static io.heapspec.internal.hprof.HprofWriter.reference;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** Writes a dump of a small program: sessions in a static list, one more in a local variable, and some garbage. */
final class SampleDump {
    /** No compiler makes such a name, but whoever writes a class file may. */
    static final String HOSTILE = "com/acme/</script><script>alert(1)</script>\"'\u001b[31m\n\u202E";

    private static final int BYTE = BasicType.BOOLEAN + 4;

    private static final long OBJECT = 0x100;
    private static final long OBJECTS = 0x180;
    private static final long LIST = 0x200;
    private static final long THREAD = 0x280;
    private static final long CLIENT = 0x300;
    private static final long SESSION = 0x380;
    private static final long SPECIAL = 0x400;
    private static final long STRING = 0x480;
    private static final long POOL = 0x1000;
    private static final long MAIN = 0x1108;
    private static final long NAME = 0x1150;
    private static final long LOCAL = 0x1200;
    private static final long GARBAGE = 0x1300;
    private static final long FIRST = 0x10000;
    /** A session takes 16 bytes, and its buffer of 100 another 120. */
    private static final long STEP = 136;

    private SampleDump() {}

    /** Writes a dump with so many sessions in the list. */
    static Path write(Path file, int sessions) throws IOException {
        return write(file, sessions, "com/acme/Session");
    }

    static Path write(Path file, int sessions, String nameOfSession) throws IOException {
        HprofWriter writer = new HprofWriter(8);
        addClasses(writer, nameOfSession);
        long[] elements =
                LongStream.range(0, sessions).map(i -> FIRST + i * STEP).toArray();
        writer.addInstance(POOL, LIST, POOL + 16).addObjectArray(POOL + 16, OBJECTS, elements);
        for (long each : elements) {
            addSession(writer, each, SESSION);
        }
        addSession(writer, LOCAL, SPECIAL);
        addSession(writer, GARBAGE, SESSION);
        writer.addInstance(MAIN, THREAD, NAME)
                .addInstance(NAME, STRING, NAME + 24, 0)
                .addPrimitiveArray(NAME + 24, BYTE, 'm', 'a', 'i', 'n')
                .addStickyClass(CLIENT)
                .addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, MAIN, 1, 1)
                .addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, LOCAL, 1, 0);
        return Files.write(file, writer.toBytes());
    }

    private static void addClasses(HprofWriter writer, String nameOfSession) {
        writer.addClass(OBJECT, "java/lang/Object", 0)
                .addClass(OBJECTS, "[Ljava/lang/Object;", OBJECT)
                .addClass(LIST, "java/util/ArrayList", OBJECT, reference("elementData"))
                .addClass(THREAD, "java/lang/Thread", OBJECT, reference("name"))
                .addClass(STRING, "java/lang/String", OBJECT, reference("value"), HprofWriter.primitive("coder", BYTE))
                .addClass(
                        CLIENT,
                        "com/acme/Client",
                        OBJECT,
                        0,
                        List.of(new HprofWriter.Field("POOL", BasicType.OBJECT, POOL)))
                .addClass(SESSION, nameOfSession, OBJECT, reference("buffer"))
                .addClass(SPECIAL, "com/acme/AdminSession", SESSION)
                .addFrame(0x9000, "open", "Client.java", 6, 42)
                .addStack(1, 1, 0x9000);
    }

    private static void addSession(HprofWriter writer, long at, long type) {
        writer.addInstance(at, type, at + 16);
        writer.addPrimitiveArray(at + 16, BYTE, new long[100]);
    }
}
