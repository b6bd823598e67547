package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofWriter;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LargeDumpTests {
    private static final int LINKS = 100_000;

    @Test
    void walksAListOfManyLinks() throws Exception {
        HprofWriter writer = new HprofWriter(8).addClass(8, "Node", 0, HprofWriter.reference("next"));
        for (int i = 0; i < LINKS; i++) {
            writer.addInstance(address(i), 8, i + 1 < LINKS ? address(i + 1) : 0);
        }
        byte[] dump = writer.inSegments(1000).addStickyClass(address(0)).toBytes();
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump)), share -> {})) {
            int[] at = {graph.roots().get(0).object()};
            int links = 1;
            ReferenceBuffer buffer = new ReferenceBuffer();
            while (graph.referencesOf(at[0], buffer) == 1) {
                at[0] = buffer.target(0);
                links++;
            }
            assertThat(links).isEqualTo(LINKS);
            assertThat(PathFinder.of(graph).shortestTo(at[0]).orElseThrow().length())
                    .isEqualTo(LINKS - 1);
            DominatorTree tree = DominatorTree.of(graph);
            assertThat(tree.retainedObjects(graph.roots().get(0).object())).isEqualTo(LINKS);
            assertThat(tree.retainedObjects(at[0])).isEqualTo(1);
            int[] deepest = {0};
            int[] depth = {0};
            tree.walk(object -> deepest[0] = Math.max(deepest[0], ++depth[0]), object -> depth[0]--);
            assertThat(deepest[0]).isEqualTo(LINKS);
        }
    }

    /**
     * A list of many links whose elements are in an array as well: they hang on what holds both, far above the links. By the
     * plain last step of the semi-NCA algorithm this would take five thousand million steps.
     */
    @Test
    @Timeout(60)
    void findsDominatorsAcrossLongLists() throws Exception {
        HprofWriter writer = new HprofWriter(8)
                .addClass(8, "Node", 0, HprofWriter.reference("next"), HprofWriter.reference("element"))
                .addClass(16, "[LElement;", 0)
                .addClass(24, "Element", 0, HprofWriter.reference("self"))
                .addClass(32, "Both", 0, HprofWriter.reference("list"), HprofWriter.reference("array"));
        long elements = address(2 * LINKS);
        long[] all = LongStream.range(0, LINKS).map(i -> elements + i * 16).toArray();
        for (int i = 0; i < LINKS; i++) {
            writer.addInstance(address(i), 8, i + 1 < LINKS ? address(i + 1) : 0, all[i])
                    .addInstance(all[i], 24, all[i]);
        }
        writer.addObjectArray(48, 16, all)
                .addInstance(64, 32, address(0), 48)
                .addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, 64);
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(writer.toBytes())), share -> {})) {
            DominatorTree tree = DominatorTree.of(graph);
            int both = graph.indexOf(64);
            assertThat(tree.retainedObjects(both)).isEqualTo(2 * LINKS + 2);
            assertThat(tree.dominatedBy(both).count()).isEqualTo(LINKS + 2);
            assertThat(tree.retainedObjects(graph.indexOf(address(LINKS / 2)))).isEqualTo(LINKS / 2);
        }
    }

    /** One array fills the batch's own arrays several times over. */
    @Test
    void readsAnArrayLongerThanABatch() throws Exception {
        long[] elements =
                LongStream.range(0, 5000).map(i -> i % 3 == 0 ? 0 : 16).toArray();
        byte[] dump = new HprofWriter(8)
                .addClass(8, "[LNode;", 0)
                .addObjectArray(16, 8, elements)
                .toBytes();
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump)), share -> {})) {
            int[] references = {0};
            graph.newBatch().forEachReference(new int[] {1, 0, 1}, 0, 3, (source, edge, target) -> references[0]++);
            assertThat(references[0]).isEqualTo(2 * 3333);
        }
    }

    private static long address(int i) {
        return 0x1000 + i * 16L;
    }

    /** The length of the only HEAP_DUMP record does not fit into 32 bits, and positions do not fit into an int. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void readsOneRecordOfMoreThanFourGibibytes(@TempDir Path directory) throws Exception {
        long arrayBytes = 3L << 30;
        byte[] start = new HprofWriter(8)
                .addClass(8, "Node", 0, HprofWriter.reference("next"))
                .toBytes();
        byte[] array = new byte[18];
        array[0] = HeapRecordCursor.PRIMITIVE_ARRAY;
        array[17] = BasicType.LONG;
        ByteBuffer.wrap(array).putInt(13, (int) (arrayBytes / 8));
        byte[] instance = new byte[33];
        instance[0] = HeapRecordCursor.INSTANCE;
        instance[20] = 8;
        instance[24] = 8;
        Path file = directory.resolve("large.hprof");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(start);
            for (int i = 1; i <= 2; i++) {
                array[8] = (byte) (i * 32);
                out.write(array);
                out.seek(out.getFilePointer() + arrayBytes);
                instance[8] = (byte) (i * 32 + 8);
                instance[32] = (byte) (i == 2 ? 40 : 0);
                out.write(instance);
            }
            long heapDump = positionOfHeapDump(start);
            out.seek(heapDump + 5);
            out.writeInt((int) (out.length() - heapDump - 9));
        }
        try (HeapGraph graph = HeapGraph.open(file)) {
            assertThat(graph.objectCount()).isEqualTo(5);
            int last = graph.indexOf(72);
            assertThat(graph.referenceField(last, "Node", "next")).isEqualTo(graph.indexOf(40));
            assertThat(graph.arrayLength(graph.indexOf(64))).isEqualTo(arrayBytes / 8);
            assertThat(graph.idOf(last)).isEqualTo(72);
        }
    }

    private static int positionOfHeapDump(byte[] dump) {
        for (int i = 31; ; i += 9 + ByteBuffer.wrap(dump).getInt(i + 5)) {
            if (dump[i] == 0x0C) {
                return i;
            }
        }
    }

    @Test
    void readsEveryNumberOnTheBorderOfTwoMappedPieces(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("border.hprof");
        long border = 1L << 30;
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(new HprofWriter(8).toBytes());
            out.seek(border - 8);
            for (int i = 0; i < 16; i++) {
                out.write(i + 1);
            }
        }
        HprofBytes bytes = HprofBytes.map(file);
        for (int i = 0; i <= 8; i++) {
            byte[] expected = new byte[8];
            bytes.copy(border - 8 + i, expected);
            assertThat(expected[0]).isEqualTo((byte) (i + 1));
            assertThat(expected[7]).isEqualTo((byte) (i + 8));
            assertThat(bytes.i8(border - 8 + i))
                    .isEqualTo(ByteBuffer.wrap(expected).getLong());
        }
        assertThat(Arrays.asList(bytes.u1(border - 1), bytes.u1(border))).containsExactly(8, 9);
        bytes.close();
    }
}
