package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import io.heapspec.internal.hprof.HprofWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever its bytes, a dump is read or refused with {@link HeapDumpException}; nothing else is thrown. */
@Timeout(120)
class DamagedDumpTests {

    /** A little of everything. */
    private static HprofWriter sample(int idSize) {
        HprofWriter writer = new HprofWriter(idSize);
        writer.addClass(0x100, "java/lang/Object", 0)
                .addClass(
                        0x108,
                        "java/lang/String",
                        0x100,
                        HprofWriter.reference("value"),
                        HprofWriter.primitive("coder", 8))
                .addClass(0x110, "java/lang/Thread", 0x100, HprofWriter.reference("name"))
                .addClass(0x118, "[Ljava/lang/Object;", 0x100)
                .addClass(
                        0x120,
                        "com/acme/Foo",
                        0x100,
                        0x200,
                        List.of(
                                new HprofWriter.Field("POOL", BasicType.OBJECT, 0x210),
                                new HprofWriter.Field("n", BasicType.LONG, 5)),
                        HprofWriter.reference("next"))
                .addInstance(0x200, 0x120, 0x208)
                .addInstance(0x208, 0x120, 0)
                .addObjectArray(0x210, 0x118, 0x200, 0, 0x208)
                .addPrimitiveArray(0x240, 8, 'm', 'a', 'i', 'n')
                .addInstance(0x260, 0x108, 0x240, 0)
                .addInstance(0x280, 0x110, 0x260)
                .addPrimitiveArray(0x2a0, 11, 1, 2, 3)
                .addFrame(0x900, "run", "Foo.java", 5, 33)
                .addStack(2, 1, 0x900)
                .addRoot(HeapRecordCursor.ROOT_THREAD_OBJECT, 0x280, 1, 2)
                .addRoot(HeapRecordCursor.ROOT_JAVA_FRAME, 0x200, 1, 0)
                .addRoot(HeapRecordCursor.ROOT_JNI_LOCAL, 0x200, 1, -1)
                .addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, 0x200)
                .addRoot(HeapRecordCursor.ROOT_NATIVE_STACK, 0x200, 1)
                .addRoot(HeapRecordCursor.ROOT_THREAD_BLOCK, 0x200, 1)
                .addRoot(HeapRecordCursor.ROOT_MONITOR_USED, 0x200)
                .addRoot(HeapRecordCursor.ROOT_UNKNOWN, 0x200)
                .addStickyClass(0x120);
        return writer;
    }

    private static HeapGraph read(byte[] dump) throws IOException {
        return HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump)), share -> {});
    }

    /** Uses all there is to use; returns false if the dump was refused. */
    private static boolean exercise(byte[] dump) {
        try (HeapGraph graph = read(dump)) {
            long[] sum = {0};
            for (int i = 0; i < graph.objectCount(); i++) {
                graph.forEachReference(i, (edge, target) -> sum[0] += edge + target);
                assertThat(graph.shallowSize(i)).isNotNegative();
                sum[0] += graph.idOf(i) + graph.classOf(i).referenceStrength().ordinal();
                if (graph.kindOf(i) == ObjectKind.INSTANCE) {
                    graph.stringValue(i);
                }
            }
            for (GcRoot root : graph.roots()) {
                sum[0] += graph.kindOf(root.object()).ordinal();
            }
            sum[0] += graph.threads().toString().length();
            analyse(graph);
            return true;
        } catch (HprofFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.position()).isBetween(0L, (long) dump.length);
            return false;
        } catch (IOException e) {
            throw new AssertionError("a small dump takes little memory", e);
        }
    }

    private static void analyse(HeapGraph graph) {
        int[] all = IntStream.range(0, graph.objectCount()).toArray();
        DominatorTree tree = DominatorTree.of(graph);
        RetainedSizes sizes = RetainedSizes.of(graph, all);
        for (RootPath path : PathFinder.of(graph).shortest(all)) {
            assertThat(path.length()).isLessThan(all.length);
            assertThat(tree.retainedSize(path.target()))
                    .isEqualTo(sizes.bytes(path.target()))
                    .isGreaterThanOrEqualTo(graph.shallowSize(path.target()));
        }
        for (int last : Arrays.copyOfRange(all, Math.max(0, all.length - 1), all.length)) {
            assertThat(PathFinder.of(graph).disjoint(last, 3)).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(ClassHistogram.of(graph).objects()).isEqualTo(all.length);
        assertThat(graph.layout().toString()).isNotBlank();
    }

    @Test
    void readsTheUndamagedSample() throws Exception {
        try (HeapGraph graph = read(sample(8).toBytes())) {
            assertThat(graph.objectCount()).isEqualTo(12);
            assertThat(graph.roots()).hasSize(9);
            assertThat(graph.threads()).singleElement().satisfies(thread -> {
                assertThat(thread.name()).isEqualTo("main");
                assertThat(thread.frames()).hasToString("[com.acme.Foo.run(Foo.java:33)]");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void refusesADumpCutAtAnyByte(int idSize) {
        for (int segments : new int[] {0, 1, 5}) {
            byte[] whole = sample(idSize).inSegments(segments).toBytes();
            for (int length = 0; length < whole.length; length++) {
                assertThat(exercise(Arrays.copyOf(whole, length)))
                        .as("cut at " + length)
                        .isFalse();
            }
            assertThat(exercise(whole)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesRandomBytes(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            byte[] dump = sample(random.nextBoolean() ? 4 : 8)
                    .inSegments(random.nextInt(4))
                    .toBytes();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damage(dump, random);
            }
            exercise(dump);
        }
    }

    private static void damage(byte[] dump, Random random) {
        int at = random.nextInt(dump.length);
        switch (random.nextInt(4)) {
            case 0 -> dump[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> dump[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(dump, at, Math.min(at + 4, dump.length), (byte) 0xFF);
            default -> Arrays.fill(dump, at, Math.min(at + 1 + random.nextInt(8), dump.length), (byte) 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void survivesEveryFourBytesAtTheirLargest(int idSize) {
        byte[] whole = sample(idSize).inSegments(3).toBytes();
        for (int at = 0; at + 4 <= whole.length; at++) {
            byte[] dump = whole.clone();
            Arrays.fill(dump, at, at + 4, (byte) 0xFF);
            exercise(dump);
        }
    }

    @Test
    void refusesCircleOfSuperclasses() {
        HprofWriter writer = new HprofWriter(8).addClass(8, "A", 16).addClass(16, "B", 8);
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> read(writer.toBytes()))
                .withMessageContaining("superclasses");
    }

    @Test
    void refusesInstanceOfMissingClass() {
        HprofWriter writer = new HprofWriter(8).addInstance(8, 16);
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> read(writer.toBytes()))
                .withMessage("class 0x10 is missing");
    }

    @Test
    void refusesClassWithoutName() {
        byte[] dump = new HprofWriter(4).addClass(8, "A", 0).toBytes();
        dump[31 + 9 + 4 + 1 + 9 + 4 + 3] = 9; // the LOAD_CLASS record now names another object
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> read(dump))
                .withMessage("class 0x8 has no name");
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 7})
    void refusesTwoObjectsWithOneIdentifier(long id) {
        HprofWriter writer = new HprofWriter(8).addPrimitiveArray(id, 8).addPrimitiveArray(id, 8);
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> read(writer.toBytes()))
                .withMessageContaining("is there twice");
    }

    @Test
    void refusesUnknownHeapRecord() {
        HprofWriter writer = sample(8).addRaw((byte) 0x89, (byte) 0);
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> read(writer.toBytes()))
                .withMessage("a heap record has the unknown kind 0x89");
    }

    @Test
    void refusesArrayLongerThanItsSegment() {
        byte[] hostile = new byte[18];
        hostile[0] = HeapRecordCursor.PRIMITIVE_ARRAY;
        hostile[8] = 1;
        Arrays.fill(hostile, 13, 17, (byte) 0xFF);
        hostile[17] = 11;
        assertThatExceptionOfType(HprofFormatException.class)
                .isThrownBy(() -> read(new HprofWriter(8).addRaw(hostile).toBytes()))
                .withMessageContaining("needs 34359738378 bytes");
    }

    @Test
    void namesFileAndPositionInOneSentence(@TempDir Path directory) throws Exception {
        Path dump = Files.write(
                directory.resolve("cut.hprof"), Arrays.copyOf(sample(8).toBytes(), 400));
        assertThatExceptionOfType(HeapDumpException.class)
                .isThrownBy(() -> HeapGraph.open(dump))
                .withMessageMatching(
                        "Cannot use heap dump .*cut\\.hprof: at byte \\d+, a record of \\d+ bytes does not fit into the \\d+ bytes left\\.");
        assertThatExceptionOfType(HeapDumpException.class)
                .isThrownBy(() -> HeapGraph.open(directory.resolve("none.hprof")))
                .withMessageEndingWith("none.hprof: there is no such file.");
        assertThatExceptionOfType(HeapDumpException.class)
                .isThrownBy(() -> HeapGraph.open(directory))
                .withMessageContaining("cannot be read");
        assertThatExceptionOfType(HeapDumpException.class)
                .isThrownBy(
                        () -> HeapGraph.open(Files.writeString(directory.resolve("text"), "hello, this is no dump")))
                .withMessageEndingWith("it does not begin with \"JAVA PROFILE 1.0\".");
    }
}
