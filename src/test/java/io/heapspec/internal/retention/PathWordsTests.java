package io.heapspec.internal.retention;

import static io.heapspec.internal.hprof.HprofWriter.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.RetainedSizes;
import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.report.ChainText;
import io.heapspec.result.GcRootPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathWordsTests {
    private static final long LINKS = 5_000;

    @TempDir
    private Path folder;

    /** A static list of links of ours, in which each link holds the next; and an object that native code holds. */
    private HeapGraph open() throws Exception {
        HprofWriter writer = new HprofWriter(8)
                .addClass(0x100, "java/lang/Object", 0)
                .addClass(0x108, "com/acme/Link", 0x100, reference("next"), reference("item"))
                .addClass(0x110, "com/acme/Item", 0x100)
                .addClass(
                        0x118,
                        "com/acme/Chain",
                        0x100,
                        0,
                        List.of(new HprofWriter.Field("FIRST", BasicType.OBJECT, 0x10000)))
                .addInstance(0x200, 0x110)
                .addRoot(HeapRecordCursor.ROOT_JNI_GLOBAL, 0x200)
                .addStickyClass(0x118);
        for (long i = 0; i < LINKS; i++) {
            long at = 0x10000 + i * 0x40;
            writer.addInstance(at, 0x108, i + 1 < LINKS ? at + 0x40 : 0, at + 0x20)
                    .addInstance(at + 0x20, 0x110);
        }
        return HeapGraph.open(Files.write(folder.resolve("links.hprof"), writer.toBytes()));
    }

    @Test
    void giveEqualWordsToTheItemsOfAList() throws Exception {
        try (HeapGraph graph = open()) {
            PathWords words = new PathWords(graph);
            int[] items = graph.objectsOf("com.acme.Item").skip(1).toArray();
            List<GcRootPath> chains = PathFinder.of(graph).shortest(items).stream()
                    .map(words::of)
                    .distinct()
                    .toList();
            assertThat(chains)
                    .singleElement()
                    .satisfies(chain -> assertThat(ChainText.lines(chain, chain.leakedClass(), ""))
                            .containsExactly(
                                    "GC root: static field com.acme.Chain.FIRST",
                                    "  └ com.acme.Link  .item",
                                    "    └ com.acme.Item"));
        }
    }

    @Test
    void nameRootsAndClasses() throws Exception {
        try (HeapGraph graph = open()) {
            PathWords words = new PathWords(graph);
            assertThat(words.of(PathFinder.of(graph)
                                    .shortestTo(graph.indexOf(0x200))
                                    .orElseThrow())
                            .root()
                            .text())
                    .isEqualTo("JNI global handle of native code");
            assertThat(words.typeOf(graph.indexOf(0x118))).isEqualTo("class com.acme.Chain");
            assertThat(words.typeOf(graph.indexOf(0x200))).isEqualTo("com.acme.Item");
        }
    }

    /** The first link retains all others: adding up would count each as often as there are links before it. */
    @Test
    void retainTogetherWhatEachRetainsOnce() throws Exception {
        try (HeapGraph graph = open()) {
            int[] links = graph.objectsOf("com.acme.Link").toArray();
            RetainedSizes sizes = RetainedSizes.of(graph, links);
            assertThat(sizes.objectsTogether()).isEqualTo((int) (2 * LINKS));
            assertThat(sizes.objectsTogether()).isEqualTo(sizes.objects(links[0]));
            assertThat(sizes.bytesTogether()).isEqualTo(sizes.bytes(links[0]));
        }
    }
}
