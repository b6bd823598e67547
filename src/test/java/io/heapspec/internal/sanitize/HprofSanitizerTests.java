package io.heapspec.internal.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heapspec.heap.GcRoot;
import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectKind;
import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.DumpedJvm;
import io.heapspec.internal.hprof.FullDisk;
import io.heapspec.internal.hprof.GeneratedDump;
import io.heapspec.internal.hprof.Gzip;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.hprof.RecordCursor;
import io.heapspec.internal.hprof.SampleDump;
import io.heapspec.internal.hprof.SecretHolder;
import io.heapspec.internal.sanitize.HprofSanitizer.Result;
import io.heapspec.internal.sanitize.HprofSanitizer.Rules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy is what would have been dumped if all data had been zero; a dump that is damaged has no copy. */
@Timeout(120)
class HprofSanitizerTests {
    private static final Rules ARRAYS = new Rules(false);
    private static final Rules ALL = new Rules(true);

    @TempDir
    Path directory;

    private static byte[] sanitized(byte[] dump, Rules rules) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new HprofSanitizer(rules).copy(HprofBytes.of(ByteBuffer.wrap(dump)), Channels.newChannel(out));
        return out.toByteArray();
    }

    /** Writes a new file; to write over one takes ten times as long on ext4, which flushes it then. */
    private Path write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        return Files.write(file, content);
    }

    private void assertOnlyThere(Path... files) throws IOException {
        try (Stream<Path> there = Files.list(directory)) {
            assertThat(there).containsExactlyInAnyOrder(files);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void emptiesArraysAndHashesAndNothingElse(int idSize) throws Exception {
        for (int segments : new int[] {0, 1, 5}) {
            SampleDump dump = new SampleDump(idSize).inSegments(segments);
            byte[] original = dump.toBytes();
            byte[] expected = dump.withoutArrays().toBytes();
            assertThat(original).isNotEqualTo(expected);
            assertThat(sanitized(original, ARRAYS)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void emptiesAllPrimitiveFieldsIfToldTo(int idSize) throws Exception {
        for (int segments : new int[] {0, 1, 5}) {
            SampleDump dump = new SampleDump(idSize).inSegments(segments);
            byte[] original = dump.toBytes();
            byte[] expected = dump.withoutArrays().withoutFields().toBytes();
            assertThat(sanitized(original, ALL)).isEqualTo(expected);
        }
    }

    /** A class may come behind its instances. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void needsNoOrderOfRecords(long seed) throws Exception {
        for (int segments : new int[] {0, 1, 5}) {
            byte[] original =
                    new SampleDump(8).inSegments(segments).shuffled(seed).toBytes();
            SampleDump empty =
                    new SampleDump(8).inSegments(segments).withoutArrays().withoutFields();
            assertThat(sanitized(original, ALL)).isEqualTo(empty.shuffled(seed).toBytes());
        }
    }

    @Test
    void countsWhatItDid() throws Exception {
        HprofBytes dump = HprofBytes.of(ByteBuffer.wrap(new SampleDump(8).toBytes()));
        Result arrays = new HprofSanitizer(ARRAYS).copy(dump, Channels.newChannel(new ByteArrayOutputStream()));
        int inArrays = 4 + 3 * (1 + 2 + 4 + 8 + 1 + 2 + 4 + 8);
        assertThat(arrays).isEqualTo(new Result(24, 10, inArrays + SampleDump.LITERAL.length() + 2 * 4));
        Result all = new HprofSanitizer(ALL).copy(dump, Channels.newChannel(new ByteArrayOutputStream()));
        // String.coder, fields of Foo twice and of Bar, static fields and a constant
        assertThat(all.emptiedBytes()).isEqualTo(arrays.emptiedBytes() + 1 + 2 * 30 + 8 + 30 + 8);
    }

    @Test
    void keepsTheGraph() throws Exception {
        Path original = write("original.hprof", new SampleDump(8).inSegments(3).toBytes());
        Path copy = directory.resolve("copy.hprof");
        new HprofSanitizer(ALL).copy(original, copy);
        assertThat(assertSameGraph(original, copy)).isEqualTo(1);
    }

    /** Returns the number of strings, all of which are blank in the copy. */
    private static int assertSameGraph(Path original, Path copy) throws IOException {
        int strings = 0;
        try (HeapGraph expected = HeapGraph.open(original);
                HeapGraph actual = HeapGraph.open(copy)) {
            assertThat(actual.objectCount()).isEqualTo(expected.objectCount());
            assertThat(classes(actual)).isEqualTo(classes(expected));
            assertThat(actual.roots())
                    .map(GcRoot::toString)
                    .isEqualTo(expected.roots().stream().map(GcRoot::toString).toList());
            assertThat(actual.threads())
                    .map(Object::toString)
                    .map(HprofSanitizerTests::withoutName)
                    .isEqualTo(expected.threads().stream()
                            .map(Object::toString)
                            .map(HprofSanitizerTests::withoutName)
                            .toList());
            for (int i = 0; i < expected.objectCount(); i++) {
                assertThat(object(actual, i)).isEqualTo(object(expected, i));
                if (expected.stringValue(i) != null) {
                    strings++;
                    assertThat(actual.stringValue(i)).matches("\0*");
                }
            }
        }
        return strings;
    }

    private static String withoutName(String thread) {
        return thread.replaceFirst("name=.*?, frames", "frames");
    }

    private static List<String> classes(HeapGraph graph) {
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < graph.classCount(); i++) {
            var each = graph.classAt(i);
            classes.add(each + " " + each.object() + " " + each.superclass() + " " + each.loaderObject() + " "
                    + each.instanceSize() + each.fields() + each.staticFields());
        }
        return classes;
    }

    private static String object(HeapGraph graph, int object) {
        StringBuilder text = new StringBuilder(
                graph.idOf(object) + " " + graph.classIndexOf(object) + " " + graph.shallowSize(object));
        ObjectKind kind = graph.kindOf(object);
        text.append(kind);
        if (kind == ObjectKind.OBJECT_ARRAY || kind == ObjectKind.PRIMITIVE_ARRAY) {
            text.append(graph.arrayLength(object));
        }
        graph.forEachReference(
                object,
                (edge, target) -> text.append(" ").append(edge).append(">").append(target));
        return text.toString();
    }

    @Test
    void leavesNothingOfASecret() throws Exception {
        String secret = "hunter-two-4711";
        try (DumpedJvm jvm = new DumpedJvm(secret + "\u2126")) {
            Path original = jvm.dump(directory.resolve("original.hprof"));
            Path copy = directory.resolve("copy.hprof");
            Result result = new HprofSanitizer(ARRAYS).copy(original, copy);
            assertThat(result.objects()).isGreaterThan(1000);
            List<Charset> forms =
                    List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);
            for (Charset form : forms) {
                assertThat(contains(original, secret.getBytes(form)))
                        .as("before, as " + form)
                        .isTrue();
                assertThat(contains(copy, secret.getBytes(form)))
                        .as("in " + form)
                        .isFalse();
            }
            byte[] literal = SecretHolder.LITERAL.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(contains(original, literal)).isTrue();
            assertThat(contains(copy, literal)).isFalse();
            assertThat(assertSameGraph(original, copy)).isGreaterThan(100);
            assertThat(hashes(original)).isPositive();
            assertThat(hashes(copy)).isZero();
        }
    }

    private static boolean contains(Path file, byte[] wanted) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    /** Returns how many strings and entries of maps have a hash. */
    private static int hashes(Path dump) throws IOException {
        int hashes = 0;
        try (HeapGraph graph = HeapGraph.open(dump)) {
            for (int i = 0; i < graph.objectCount(); i++) {
                String owner = graph.classOf(i).name();
                HeapField field = graph.kindOf(i) == ObjectKind.INSTANCE ? graph.field(i, owner, "hash") : null;
                boolean expected = owner.equals("java.lang.String") || owner.equals("java.util.HashMap$Node");
                assertThat(field != null || !expected).isTrue();
                hashes += expected && graph.primitiveField(i, field) != 0 ? 1 : 0;
            }
        }
        return hashes;
    }

    @Test
    void copiesUnknownRecordsOutsideOfSegments() throws Exception {
        byte[] unknown = {0x77, 0, 0, 0, 0, 0, 0, 0, 3, 0x23, 0x21, 0x55};
        SampleDump dump = new SampleDump(8).inSegments(4);
        assertThat(sanitized(withBoth(dump.toBytes(), unknown), ARRAYS))
                .isEqualTo(withBoth(dump.withoutArrays().toBytes(), unknown));
    }

    /** Before all other records, and behind them. */
    private static byte[] withBoth(byte[] dump, byte[] record) {
        ByteBuffer bytes = ByteBuffer.allocate(dump.length + 2 * record.length);
        bytes.put(dump, 0, 31).put(record).put(dump, 31, dump.length - 31).put(record);
        return bytes.array();
    }

    @Test
    void findsTheEndOfARecordWithoutLength() throws Exception {
        byte[] end = {RecordCursor.HEAP_DUMP_END, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(sanitized(openEnded(new SampleDump(8).toBytes(), end), ARRAYS))
                .isEqualTo(openEnded(new SampleDump(8).withoutArrays().toBytes(), end));
    }

    private static byte[] openEnded(byte[] dump, byte[] end) {
        byte[] bytes = Arrays.copyOf(dump, dump.length + end.length);
        System.arraycopy(end, 0, bytes, dump.length, end.length);
        int heap = 31;
        while (bytes[heap] != RecordCursor.HEAP_DUMP) {
            heap += 9 + ByteBuffer.wrap(bytes).getInt(heap + 5);
        }
        ByteBuffer.wrap(bytes).putInt(heap + 5, 0);
        return bytes;
    }

    @Test
    void refusesUnknownRecordInASegment() {
        byte[] dump = new SampleDump(8).writer().addRaw((byte) 0x89, (byte) 0).toBytes();
        assertRefused(dump, "a heap record has the unknown kind 0x89");
    }

    @Test
    void refusesWhatCannotBeLaidOut() {
        assertRefused(new HprofWriter(8).addInstance(8, 16).toBytes(), "class 0x10 is missing");
        assertRefused(
                new HprofWriter(8)
                        .addInstance(24, 8)
                        .addClass(8, "A", 16)
                        .addClass(16, "B", 8)
                        .toBytes(),
                "a class has more than 256 superclasses");
        assertRefused(
                new HprofWriter(8)
                        .addInstance(24, 8)
                        .addClass(8, "A", 0, HprofWriter.primitive("hash", BasicType.INT))
                        .toBytes(),
                "an instance of class 0x8 has 0 bytes of fields, not 4");
        assertRefused(new HprofWriter(8).addClass(8, "A", 0).addClass(8, "B", 0).toBytes(), "class 0x8 is there twice");
        assertRefused(new HprofWriter(8).toBytes(), "it contains no heap");
    }

    private static void assertRefused(byte[] dump, String why) {
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> sanitized(dump, ARRAYS))
                .withMessage(why);
    }

    /** Windows does not delete a file that is mapped, and this makes thousands. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    @DisabledOnOs(OS.WINDOWS)
    void refusesADumpCutAtAnyByte(int idSize) throws Exception {
        for (int segments : new int[] {0, 1, 5}) {
            byte[] whole = new SampleDump(idSize).inSegments(segments).toBytes();
            Path target = directory.resolve("copy");
            for (int length = 0; length < whole.length; length++) {
                Path source = write("cut", Arrays.copyOf(whole, length));
                assertThatExceptionOfType(HprofFormatException.class)
                        .as("cut at " + length)
                        .isThrownBy(() -> new HprofSanitizer(ALL).copy(source, target));
                assertOnlyThere(source);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesRandomBytes(int seed) throws Exception {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] dump = new SampleDump(random.nextBoolean() ? 4 : 8)
                    .inSegments(random.nextInt(4))
                    .toBytes();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                dump[random.nextInt(dump.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256));
            }
            try {
                assertThat(sanitized(dump, random.nextBoolean() ? ALL : ARRAYS)).hasSameSizeAs(dump);
            } catch (HprofFormatException e) {
                assertThat(e.position()).isBetween(0L, (long) dump.length);
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 1999);
    }

    /** Neither positions nor the length of the record fit into 32 bits. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void copiesOneRecordOfMoreThanFourGibibytes() throws Exception {
        long length = 9L << 29;
        Path file = directory.resolve("large.hprof");
        byte[] start = new SampleDump(8).toBytes();
        byte[] array = new byte[18];
        array[0] = HeapRecordCursor.PRIMITIVE_ARRAY;
        array[17] = BasicType.LONG;
        ByteBuffer.wrap(array).putInt(13, (int) (length / 8));
        byte[] last = {HeapRecordCursor.ROOT_STICKY_CLASS, 1, 2, 3, 4, 5, 6, 7, 8};
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(openEnded(start, array));
            out.seek(out.length() + length - 8);
            out.writeLong(-1);
            out.write(last);
        }
        Tail tail = new Tail(8 + last.length);
        try (HprofBytes bytes = HprofBytes.map(file)) {
            Result result = new HprofSanitizer(ARRAYS).copy(bytes, tail);
            assertThat(result.emptiedBytes()).isGreaterThan(length);
            assertThat(tail.written).isEqualTo(bytes.length());
        }
        byte[] expected = new byte[8 + last.length];
        System.arraycopy(last, 0, expected, 8, last.length);
        assertThat(tail.bytes).isEqualTo(expected);
    }

    /** Keeps what is written last. */
    private static final class Tail implements WritableByteChannel {
        private final byte[] bytes;
        private long written;

        Tail(int length) {
            bytes = new byte[length];
        }

        @Override
        public int write(ByteBuffer buffer) {
            int count = buffer.remaining();
            int fresh = Math.min(count, bytes.length);
            System.arraycopy(bytes, fresh, bytes, 0, bytes.length - fresh);
            buffer.position(buffer.limit() - fresh).get(bytes, bytes.length - fresh, fresh);
            written += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void readsAndWritesCompressedFiles() throws Exception {
        SampleDump dump = new SampleDump(8).inSegments(4);
        Path source = write("source.gz", Gzip.members(dump.toBytes(), 100));
        Path plain = directory.resolve("plain.hprof");
        Path packed = directory.resolve("packed.hprof.gz");
        Result result = new HprofSanitizer(ARRAYS).copy(source, plain);
        assertThat(new HprofSanitizer(ARRAYS).copy(source, packed)).isEqualTo(result);
        byte[] expected = dump.withoutArrays().toBytes();
        assertThat(plain).hasBinaryContent(expected);
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(expected);
        }
        assertOnlyThere(source, plain, packed);
    }

    @Test
    void saysWhereACompressedDumpIsDamaged() throws Exception {
        byte[] dump = new SampleDump(8).inSegments(4).toBytes();
        Path source = write("source", Gzip.member(Arrays.copyOf(dump, dump.length - 9), 0));
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> new HprofSanitizer(ARRAYS).copy(source, directory.resolve("copy.gz")))
                .withMessage("it ends before its last heap segment (offset in the inflated dump)");
        assertOnlyThere(source);
    }

    @Test
    void replacesOnlyIfToldTo() throws Exception {
        SampleDump dump = new SampleDump(8);
        Path source = write("source", dump.toBytes());
        Path target = write("target", new byte[] {1, 2, 3});
        HprofSanitizer sanitizer = new HprofSanitizer(ARRAYS);
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> sanitizer.copy(source, target))
                .withMessage(target.toString());
        assertThat(target).hasBinaryContent(new byte[] {1, 2, 3});
        sanitizer.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        assertThat(target).hasBinaryContent(dump.withoutArrays().toBytes());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sanitizer.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES));
        assertOnlyThere(source, target);
    }

    /** Windows does not replace a file that is mapped. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void replacesTheDumpItself() throws Exception {
        Path dump = write("dump", new SampleDump(8).toBytes());
        new HprofSanitizer(ALL).copy(dump, dump, StandardCopyOption.REPLACE_EXISTING);
        assertThat(dump)
                .hasBinaryContent(
                        new SampleDump(8).withoutArrays().withoutFields().toBytes());
        assertOnlyThere(dump);
    }

    @Test
    void leavesNothingOfACopyThatWasBegun() throws Exception {
        byte[] dump = new SampleDump(8).writer().addInstance(0x700, 0x777).toBytes();
        Path source = write("source", dump);
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> new HprofSanitizer(ARRAYS).copy(source, directory.resolve("copy")))
                .withMessage("class 0x777 is missing");
        assertOnlyThere(source);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void leavesNothingOnAFullDisk() throws Exception {
        Path source = write("source", SampleDump.longDump());
        for (String name : new String[] {"copy", "copy.gz"}) {
            String said = new FullDisk(CopyingJvm.class, source, directory.resolve(name)).run();
            assertThat(said).contains("IOException: File too large");
            assertOnlyThere(source);
        }
    }

    @Test
    void leavesNothingWhereItCannotWrite() throws Exception {
        Path source = write("source", new SampleDump(8).toBytes());
        Path folder = Files.createDirectories(directory.resolve("folder/full")).getParent();
        HprofSanitizer sanitizer = new HprofSanitizer(ARRAYS);
        assertThatIOException().isThrownBy(() -> sanitizer.copy(source, folder, StandardCopyOption.REPLACE_EXISTING));
        assertThatIOException().isThrownBy(() -> sanitizer.copy(source, directory.resolve("missing/copy")));
        assertThatIOException()
                .isThrownBy(() -> sanitizer.copy(directory.resolve("missing"), directory.resolve("copy")));
        assertOnlyThere(source, folder);
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        Path source = directory.resolve("large.hprof");
        GeneratedDump.write(source, 10_000);
        List<Double> shares = new ArrayList<>();
        new HprofSanitizer(ARRAYS).copy(source, directory.resolve("told"), shares::add);
        assertThat(shares).hasSizeGreaterThan(2).isSorted().endsWith(1.0);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void letsOnlyTheOwnerReadTheCopy() throws Exception {
        Path source = write("source", new SampleDump(8).toBytes());
        Path target = write("target.gz", new byte[0]);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
        new HprofSanitizer(ARRAYS).copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    /** What a JVM does that has not room enough. */
    private static final class CopyingJvm {
        public static void main(String[] arguments) throws IOException {
            new HprofSanitizer(ARRAYS).copy(Path.of(arguments[0]), Path.of(arguments[1]));
        }
    }
}
