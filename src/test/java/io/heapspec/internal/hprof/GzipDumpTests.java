package io.heapspec.internal.hprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.heapspec.heap.HeapDumpException;
import io.heapspec.heap.HeapGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A compressed dump is read like any other, or refused; nothing of it is left on the disk. */
@Timeout(120)
class GzipDumpTests {
    private static final long PLENTY = 1L << 40;

    @TempDir
    Path directory;

    private Path temporary;

    @BeforeEach
    void makeTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(directory.resolve("temporary"));
    }

    /** Writes a new file; to write over one takes ten times as long on ext4, which flushes it then. */
    private Path write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        return Files.write(file, content);
    }

    private HprofBytes map(byte[] file) throws IOException {
        return map(file, new Inflation(temporary));
    }

    private HprofBytes map(byte[] file, Inflation inflation) throws IOException {
        return HprofBytes.map(write("some.dump", file), inflation, share -> {});
    }

    /** Maps what is expected to be refused, and closes it if it is not. */
    private ThrowingCallable mapping(byte[] file, Inflation inflation) {
        return () -> map(file, inflation).close();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] contentOf(HprofBytes bytes) {
        byte[] content = new byte[(int) bytes.length()];
        bytes.copy(0, content);
        return content;
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void readsOneMember() throws Exception {
        byte[] dump = new SampleDump(4).toBytes();
        try (HprofBytes bytes = map(gzip(dump))) {
            assertThat(bytes.idSize()).isEqualTo(4);
            assertThat(contentOf(bytes)).isEqualTo(dump);
        }
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Gzip.HEADER_CHECKSUM, Gzip.EXTRA, Gzip.NAME, Gzip.COMMENT, 30})
    void readsWhateverTheHeaderHolds(int flags) throws Exception {
        byte[] dump = new SampleDump(8).toBytes();
        try (HprofBytes bytes = map(Gzip.member(dump, flags))) {
            assertThat(contentOf(bytes)).isEqualTo(dump);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void readsManyMembers(int size) throws Exception {
        byte[] dump = new SampleDump(8).inSegments(3).toBytes();
        try (HprofBytes bytes = map(Gzip.members(dump, size))) {
            assertThat(contentOf(bytes)).isEqualTo(dump);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50_000, 1 << 20, 10_000_000})
    void readsMoreThanItsBuffersHold(int size) throws Exception {
        byte[] dump = SampleDump.longDump();
        try (HprofBytes bytes = map(Gzip.members(dump, size))) {
            assertThat(contentOf(bytes)).isEqualTo(dump);
        }
        assertNothingIsLeft();
    }

    @Test
    void readsEmptyMembers() throws Exception {
        byte[] dump = new SampleDump(8).toBytes();
        byte[] empty = Gzip.member(new byte[0], 0);
        try (HprofBytes bytes = map(joined(empty, empty, Gzip.member(dump, 0), empty))) {
            assertThat(contentOf(bytes)).isEqualTo(dump);
        }
    }

    @Test
    void opensAsGraph() throws Exception {
        Path plain = Files.write(directory.resolve("plain.gz"), new SampleDump(8).toBytes());
        Path packed = Files.write(directory.resolve("packed.hprof"), gzip(new SampleDump(8).toBytes()));
        try (HeapGraph expected = HeapGraph.open(plain);
                HeapGraph actual = HeapGraph.open(packed)) {
            assertThat(actual.objectCount()).isEqualTo(expected.objectCount());
            assertThat(actual.threads()).isEqualTo(expected.threads());
        }
    }

    @Test
    void readsWhatHotSpotWrites() throws Exception {
        try (DumpedJvm jvm = new DumpedJvm("a text to be found")) {
            Path file = jvm.dump(directory.resolve("packed"), "-gz=1");
            assertThat(Files.readAllBytes(file)).startsWith(0x1F, 0x8B);
            try (HprofBytes bytes = HprofBytes.map(file, new Inflation(temporary), share -> {});
                    InputStream other = new GZIPInputStream(Files.newInputStream(file))) {
                assertThat(contentOf(bytes)).isEqualTo(other.readAllBytes());
            }
            try (HeapGraph graph = HeapGraph.open(file)) {
                assertThat(graph.objectCount()).isGreaterThan(1000);
                int holder = classObject(graph, SecretHolder.class.getName());
                int text = graph.referenceField(holder, SecretHolder.class.getName(), "text");
                assertThat(graph.stringValue(text)).isEqualTo("a text to be found");
            }
        }
        assertNothingIsLeft();
    }

    private static int classObject(HeapGraph graph, String name) {
        for (int i = 0; i < graph.classCount(); i++) {
            if (graph.classAt(i).name().equals(name)) {
                return graph.classAt(i).object();
            }
        }
        throw new AssertionError(name);
    }

    /** The file has no name from the beginning; what is open shows in the system's list of open files. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void inflatesIntoPrivateFileWithoutName() throws Exception {
        try (HprofBytes bytes = map(SampleDump.longDump(), new Inflation(temporary))) {
            assertThat(openFiles()).isEmpty();
            assertThat(bytes.length()).isPositive();
        }
        try (HprofBytes bytes = map(gzip(SampleDump.longDump()))) {
            assertNothingIsLeft();
            assertThat(openFiles())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
            assertThat(bytes.length()).isPositive();
        }
        assertThat(openFiles()).isEmpty();
    }

    private Path[] openFiles() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(fd -> target(fd).startsWith(temporary.toString()))
                    .toArray(Path[]::new);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100_000})
    void refusesFileCutAtAnyByte(int size) throws Exception {
        byte[] whole = Gzip.members(new SampleDump(8).inSegments(5).toBytes(), size);
        for (int length = 2; length < whole.length; length++) {
            Path file = write("cut", Arrays.copyOf(whole, length));
            long end = length;
            assertThatExceptionOfType(HeapDumpException.class)
                    .as("cut at " + length)
                    .isThrownBy(() -> HeapGraph.open(file).close())
                    .withCauseInstanceOf(HprofFormatException.class)
                    .satisfies(e -> {
                        boolean compressed = e.getMessage().contains("(offset in the compressed file)");
                        boolean inflated = e.getMessage().contains("(offset in the inflated dump)");
                        assertThat(compressed).isNotEqualTo(inflated);
                        assertThat(((HprofFormatException) e.getCause()).position())
                                .isBetween(0L, inflated ? 10_000L : end);
                    });
        }
        try (HprofBytes bytes = map(whole)) {
            assertThat(bytes.length()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void survivesRandomDamage(int seed) throws Exception {
        Random random = new Random(seed);
        byte[] dump = new SampleDump(8).inSegments(3).toBytes();
        byte[] whole = random.nextBoolean() ? Gzip.members(dump, 100) : Gzip.member(dump, 30);
        int refused = 0;
        for (int round = 0; round < 1000; round++) {
            byte[] damaged = whole.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try (HprofBytes bytes = map(damaged)) {
                assertThat(contentOf(bytes)).isEqualTo(dump);
            } catch (HprofFormatException e) {
                assertThat(e.position()).isBetween(0L, (long) damaged.length);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertNothingIsLeft();
    }

    @Test
    void refusesWhatIsBehindTheLastMember() throws Exception {
        byte[] packed = gzip(new SampleDump(8).toBytes());
        for (byte[] more : new byte[][] {{0}, {0x1F}, {'a', 'b', 'c'}, new byte[500]}) {
            assertThatExceptionOfType(HprofFormatException.class)
                    .isThrownBy(mapping(joined(packed, more), new Inflation(temporary)))
                    .withMessageContaining("gzip member")
                    .withMessageEndingWith(" (offset in the compressed file)")
                    .satisfies(e -> assertThat(e.position()).isBetween((long) packed.length, packed.length + 1L));
        }
        assertNothingIsLeft();
    }

    @Test
    void saysWhichChecksumIsWrong() throws Exception {
        byte[] first = Gzip.member(new SampleDump(8).toBytes(), 0);
        byte[] second = Gzip.member(new byte[10], Gzip.HEADER_CHECKSUM);
        assertDefect(first, second, 10, "the header of a gzip member does not match its checksum");
        assertDefect(first, second, second.length - 8, "what a gzip member holds does not match its checksum");
        assertDefect(first, second, second.length - 4, "what a gzip member holds is not as long as it says");
        assertDefect(first, second, 2, "a gzip member has an unknown method or unknown flags");
    }

    private void assertDefect(byte[] first, byte[] second, int damagedByte, String defect) {
        byte[] damaged = second.clone();
        damaged[damagedByte] ^= 1;
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(mapping(joined(first, damaged), new Inflation(temporary)))
                .withMessage(defect + " (offset in the compressed file)")
                .satisfies(e -> assertThat(e.position()).isEqualTo(first.length));
    }

    @Test
    void saysThatTheInflatedDumpIsDamaged() throws Exception {
        byte[] dump = new SampleDump(8).inSegments(2).toBytes();
        Path file = Files.write(directory.resolve("damaged.gz"), gzip(Arrays.copyOf(dump, dump.length - 9)));
        assertThatExceptionOfType(HeapDumpException.class)
                .isThrownBy(() -> HeapGraph.open(file).close())
                .withMessageEndingWith(": at byte " + (dump.length - 9)
                        + ", it ends before its last heap segment (offset in the inflated dump).");
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(mapping(gzip(new byte[0]), new Inflation(temporary)))
                .withMessage("it ends inside its header (offset in the inflated dump)");
    }

    @Test
    void stopsBeforeTheDiskIsFull() throws Exception {
        byte[] bomb = gzip(bomb(40 << 20));
        assertThatIOException()
                .isThrownBy(mapping(bomb, new Inflation(temporary, () -> 1000)))
                .withMessage(
                        "it cannot be inflated further than to 16,777,216 B (16.0 MiB), for there are 1,000 B left in"
                                + " the temporary folder " + temporary + " (-Djava.io.tmpdir=... names another)");
        assertNothingIsLeft();
        try (HprofBytes bytes = map(bomb, new Inflation(temporary, () -> PLENTY))) {
            assertThat(bytes.length()).isEqualTo(40 << 20);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void saysThatTheDiskIsFull() throws Exception {
        Path source = Files.write(directory.resolve("packed"), gzip(SampleDump.longDump()));
        String said = new FullDisk(InflatingJvm.class, source, temporary).run();
        assertThat(said)
                .containsPattern("it cannot be inflated further than to [0-9,]+ B .*, for there are .* left in the"
                        + " temporary folder .*: File too large");
        assertNothingIsLeft();
    }

    /** Begins like a dump. */
    private static byte[] bomb(int length) {
        return Arrays.copyOf(new SampleDump(8).toBytes(), length);
    }

    @Test
    void refusesWhatIsNoDumpBeforeItIsInflated() throws Exception {
        byte[] text = "no dump".repeat(6 << 20).getBytes(StandardCharsets.US_ASCII);
        Inflation inflation = new Inflation(temporary, () -> {
            throw new AssertionError("has inflated much");
        });
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(mapping(gzip(text), inflation))
                .withMessage("it does not begin with \"JAVA PROFILE 1.0\" (offset in the inflated dump)");
    }

    @Test
    void saysWhereNoFileCanBeMade() throws Exception {
        Path missing = directory.resolve("missing");
        assertThatIOException()
                .isThrownBy(mapping(gzip(new SampleDump(8).toBytes()), new Inflation(missing)))
                .withMessageStartingWith("no file can be made in the temporary folder " + missing
                        + " (-Djava.io.tmpdir=... names another): ");
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** What a JVM does that has not room enough. */
    private static final class InflatingJvm {
        public static void main(String[] arguments) throws IOException {
            HprofBytes.map(Path.of(arguments[0]), new Inflation(Path.of(arguments[1])), share -> {})
                    .close();
        }
    }
}
