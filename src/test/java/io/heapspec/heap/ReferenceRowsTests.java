package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReferenceRowsTests {

    private static final int MANY = 1_200_000;

    @Test
    void leavesReferencesOnDiskThatAreManyForTheirObjects() throws Exception {
        long[] elements = new long[MANY];
        Arrays.fill(elements, 0x2000);
        HprofWriter dump = new HprofWriter(8)
                .addClass(0x1000, "java/lang/Object", 0)
                .addClass(0x1100, "[Ljava/lang/Object;", 0x1000)
                .addInstance(0x2000, 0x1000)
                .addObjectArray(0x3000, 0x1100, elements);
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump.toBytes())), share -> {})) {
            assertThat(graph.loadReferences()).isFalse();
            assertThat(references(graph)).isEqualTo(MANY);
        }
    }

    @Test
    void loadsReferencesOfManyPages() throws Exception {
        long[] elements = new long[300_000];
        Arrays.fill(elements, 0x2000);
        elements[7] = 0;
        HprofWriter dump = new HprofWriter(4)
                .addClass(0x1000, "java/lang/Object", 0)
                .addClass(0x1100, "[Ljava/lang/Object;", 0x1000)
                .addInstance(0x2000, 0x1000)
                .addObjectArray(0x3000, 0x1100, elements);
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(dump.toBytes())), share -> {})) {
            assertThat(graph.loadReferences()).isTrue();
            assertThat(references(graph)).isEqualTo(elements.length - 1);
        }
    }

    private static int references(HeapGraph graph) {
        int[] array = {graph.indexOf(0x3000)};
        int[] count = {0};
        graph.newBatch().forEachReference(array, 0, 1, (source, edge, target) -> {
            assertThat(edge == HeapGraph.ELEMENT && target == graph.indexOf(0x2000))
                    .isTrue();
            count[0]++;
        });
        return count[0];
    }
}
