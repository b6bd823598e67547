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
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump)))) {
            int[] at = {graph.roots().get(0).object()};
            int links = 1;
            ReferenceBuffer buffer = new ReferenceBuffer();
            while (graph.referencesOf(at[0], buffer) == 1) {
                at[0] = buffer.target(0);
                links++;
            }
            assertThat(links).isEqualTo(LINKS);
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
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump)))) {
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
