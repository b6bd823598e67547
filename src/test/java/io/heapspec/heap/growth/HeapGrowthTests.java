package io.heapspec.heap.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.result.HeapCounts;
import io.heapspec.result.HeapMetric;
import io.heapspec.result.PathGrowth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapGrowthTests {
    @TempDir
    private Path folder;

    /** A static array with so many sessions, each of which has a buffer of 100 B, and every session knows the one before. */
    private Path dump(int sessions, long firstAddress) throws Exception {
        HprofWriter writer = new HprofWriter(8);
        long[] elements = LongStream.range(0, sessions)
                .map(i -> firstAddress + 0x10000 + i * 0x100)
                .toArray();
        writer.addClass(0x100, "java/lang/Object", 0)
                .addClass(0x120, "[Lcom/acme/Session;", 0x100)
                .addClass(
                        0x140,
                        "com/acme/Client",
                        0x100,
                        0,
                        List.of(new HprofWriter.Field("POOL", BasicType.OBJECT, firstAddress)))
                .addClass(
                        0x160,
                        "com/acme/Session",
                        0x100,
                        HprofWriter.reference("buffer"),
                        HprofWriter.reference("before"))
                .addObjectArray(firstAddress, 0x120, elements);
        for (int i = 0; i < sessions; i++) {
            writer.addInstance(elements[i], 0x160, elements[i] + 0x40, i == 0 ? 0 : elements[i - 1]);
            writer.addPrimitiveArray(elements[i] + 0x40, BasicType.BOOLEAN + 4, new long[100]);
        }
        writer.addStickyClass(0x140);
        Path file = Files.createTempFile(folder, "dump", ".hprof");
        Files.write(file, writer.toBytes());
        return file;
    }

    private static PathGrowth pathTo(HeapGrowth growth, String className) {
        return growth.paths().stream()
                .filter(path -> path.className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsWhatGrewWhereverItLies() throws Exception {
        HeapGrowth growth = HeapGrowth.between(List.of(dump(3, 0x10_0000), dump(5, 0x50_0000), dump(9, 0x20_0000)));
        PathGrowth sessions = growth.growing(HeapMetric.OBJECTS).stream()
                .filter(path -> path.className().equals("com.acme.Session"))
                .findFirst()
                .orElseThrow();
        assertThat(sessions.steps()).containsExactly("static field com.acme.Client.POOL", "[*]");
        assertThat(sessions.flat().stream().map(HeapCounts::objects)).containsExactly(3L, 5L, 9L);
        assertThat(sessions.growth(HeapMetric.OBJECTS)).isEqualTo(6);
        assertThat(sessions.cumulativeGrowth(HeapMetric.OBJECTS)).isEqualTo(12);
        assertThat(sessions.cumulativeGrowth(HeapMetric.BYTES))
                .isEqualTo(sessions.growth(HeapMetric.BYTES)
                        + pathTo(growth, "byte[]").growth(HeapMetric.BYTES));
    }

    @Test
    void leavesOutWhatShrankOnTheWay() throws Exception {
        HeapGrowth growth = HeapGrowth.between(List.of(dump(3, 0x10_0000), dump(9, 0x10_0000), dump(5, 0x10_0000)));
        assertThat(growth.growing(HeapMetric.OBJECTS)).isEmpty();
        assertThat(pathTo(growth, "com.acme.Session").growth(HeapMetric.OBJECTS))
                .isEqualTo(2);
    }

    /** Each session retains those before it if only the last is in the array; here all are, so each retains its buffer. */
    @Test
    void countsWhatIsRetainedOnce() throws Exception {
        HeapGrowth growth = HeapGrowth.withRetainedSizes(List.of(dump(3, 0x10_0000), dump(5, 0x10_0000)));
        PathGrowth sessions = pathTo(growth, "com.acme.Session");
        PathGrowth buffers = pathTo(growth, "byte[]");
        PathGrowth array = pathTo(growth, "com.acme.Session[]");
        long each = sessions.flat().get(0).bytes() / 3 + buffers.flat().get(0).bytes() / 3;
        assertThat(sessions.growth(HeapMetric.RETAINED)).isEqualTo(2 * each);
        assertThat(array.flat().get(0).retained()).isEqualTo(array.flat().get(0).bytes() + 3 * each);
        assertThat(buffers.flat().get(0).retained())
                .isEqualTo(buffers.flat().get(0).bytes());
    }

    @Test
    void wantsTwoDumps() throws Exception {
        List<Path> one = List.of(dump(1, 0x10_0000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeapGrowth.between(one))
                .withMessage("growth needs two dumps at least, not 1");
    }
}
