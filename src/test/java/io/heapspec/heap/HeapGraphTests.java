package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofWriter;
import io.heapspec.internal.hprof.RecordCursor;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a dump of the JVM that runs the tests. */
class HeapGraphTests {
    private static final Sample SAMPLE = new Sample();
    private static HeapGraph graph;
    private static int sample;

    @SuppressWarnings("unused")
    static class Base {
        int inherited = -7;
        Object inheritedReference = "inherited";
    }

    @SuppressWarnings("unused")
    static final class Sample extends Base {
        String latin = "latin é";
        String wide = "wide \u20AC \uD83D\uDE00";
        Object[] array = {"one", null, "three"};
        int[] numbers = {1, 2, 3};
        boolean yes = true;
        byte small = -2;
        char letter = '\uFFFF';
        short medium = -300;
        long large = Long.MIN_VALUE;
        double real = Math.PI;
        float single = 1.5f;
        Object nothing = null;
        WeakReference<Object> weak = new WeakReference<>(array);
        SoftReference<Object> soft = new SoftReference<>(array);
    }

    @BeforeAll
    static void dumpThisJvm(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("this.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        graph = HeapGraph.open(dump);
        sample = single(Sample.class.getName());
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    private static int single(String className) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < graph.objectCount(); i++) {
            if (graph.kindOf(i) == ObjectKind.INSTANCE
                    && graph.classOf(i).name().equals(className)) {
                found.add(i);
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static long primitive(String owner, String name) {
        HeapField field = graph.field(sample, owner, name);
        assertThat(field).isNotNull();
        return graph.primitiveField(sample, field);
    }

    private static int reference(String name) {
        return graph.referenceField(sample, Sample.class.getName(), name);
    }

    @Test
    void readsPrimitiveFieldsOfEveryType() {
        String own = Sample.class.getName();
        assertThat(primitive(own, "yes")).isEqualTo(1);
        assertThat(primitive(own, "small")).isEqualTo(-2);
        assertThat(primitive(own, "letter")).isEqualTo(0xFFFF);
        assertThat(primitive(own, "medium")).isEqualTo(-300);
        assertThat(primitive(own, "large")).isEqualTo(Long.MIN_VALUE);
        assertThat(Double.longBitsToDouble(primitive(own, "real"))).isEqualTo(Math.PI);
        assertThat(Float.intBitsToFloat((int) primitive(own, "single"))).isEqualTo(1.5f);
        assertThat(primitive(Base.class.getName(), "inherited")).isEqualTo(-7);
    }

    @Test
    void readsStringsOfBothWidths() {
        assertThat(graph.stringValue(reference("latin"))).isEqualTo(SAMPLE.latin);
        assertThat(graph.stringValue(reference("wide"))).isEqualTo(SAMPLE.wide);
        assertThat(graph.stringValue(reference("wide"), 4)).isEqualTo("wide");
        assertThat(graph.stringValue(reference("array"))).isNull();
    }

    @Test
    void readsArrays() {
        int array = reference("array");
        assertThat(graph.kindOf(array)).isEqualTo(ObjectKind.OBJECT_ARRAY);
        assertThat(graph.classOf(array).name()).isEqualTo("java.lang.Object[]");
        assertThat(graph.arrayLength(array)).isEqualTo(3);
        assertThat(graph.stringValue(graph.arrayElement(array, 0))).isEqualTo("one");
        assertThat(graph.arrayElement(array, 1)).isEqualTo(-1);
        int numbers = reference("numbers");
        assertThat(graph.kindOf(numbers)).isEqualTo(ObjectKind.PRIMITIVE_ARRAY);
        assertThat(graph.classOf(numbers).name()).isEqualTo("int[]");
        assertThat(graph.arrayLength(numbers)).isEqualTo(3);
    }

    @Test
    void visitsReferencesWithTheirFields() {
        List<String> visited = new ArrayList<>();
        graph.forEachReference(
                sample,
                (edge, target) -> visited.add(graph.fieldAt(edge).name() + " -> "
                        + graph.classOf(target).name()));
        assertThat(visited)
                .containsExactlyInAnyOrder(
                        "latin -> java.lang.String",
                        "wide -> java.lang.String",
                        "array -> java.lang.Object[]",
                        "numbers -> int[]",
                        "weak -> java.lang.ref.WeakReference",
                        "soft -> java.lang.ref.SoftReference",
                        "inheritedReference -> java.lang.String");
    }

    @Test
    void findsStaticFieldsOnTheClassObject() {
        int owner = -1;
        for (int c = 0; c < graph.classCount(); c++) {
            owner = graph.classAt(c).name().equals(HeapGraphTests.class.getName())
                    ? graph.classAt(c).object()
                    : owner;
        }
        assertThat(graph.kindOf(owner)).isEqualTo(ObjectKind.CLASS);
        assertThat(graph.classOf(owner).name()).isEqualTo("java.lang.Class");
        assertThat(graph.asClass(owner).name()).isEqualTo(HeapGraphTests.class.getName());
        assertThat(graph.referenceField(owner, HeapGraphTests.class.getName(), "SAMPLE"))
                .isEqualTo(sample);
        List<Integer> edges = new ArrayList<>();
        graph.forEachReference(owner, (edge, target) -> edges.add(edge));
        assertThat(edges).contains(HeapGraph.SUPER_CLASS, HeapGraph.CLASS_LOADER);
    }

    @Test
    void knowsReferenceStrengths() {
        assertThat(graph.classOf(reference("weak")).referenceStrength()).isEqualTo(ReferenceStrength.WEAK);
        assertThat(graph.classOf(reference("soft")).referenceStrength()).isEqualTo(ReferenceStrength.SOFT);
        assertThat(graph.classOf(sample).referenceStrength()).isEqualTo(ReferenceStrength.STRONG);
        assertThat(graph.classOf(sample).isSubclassOf(Base.class.getName())).isTrue();
    }

    @Test
    void numbersObjectsInAddressOrder() {
        for (int i = 0; i < graph.objectCount(); i++) {
            assertThat(graph.indexOf(graph.idOf(i))).isEqualTo(i);
            if (i > 0) {
                assertThat(graph.idOf(i)).isGreaterThan(graph.idOf(i - 1));
            }
        }
        assertThat(graph.indexOf(graph.idOf(0) + 1)).isEqualTo(-1);
        assertThat(graph.indexOf(0)).isEqualTo(-1);
        assertThat(graph.indexOf(-8)).isEqualTo(-1);
    }

    @Test
    void readsThreadsWithNamesAndStacks() {
        String current = Thread.currentThread().getName();
        ThreadInfo thread = graph.threads().stream()
                .filter(t -> t.name().equals(current))
                .findFirst()
                .orElseThrow();
        assertThat(graph.classOf(thread.object()).isSubclassOf("java.lang.Thread"))
                .isTrue();
        assertThat(thread.frames().toString())
                .contains(HeapGraphTests.class.getName() + ".dumpThisJvm(HeapGraphTests.java:");
    }

    @Test
    void reachesTheSampleFromTheRoots() {
        boolean[] seen = new boolean[graph.objectCount()];
        int[] queue = new int[graph.objectCount()];
        int[] end = {0};
        ReferenceVisitor visitor = (edge, target) -> {
            if (!seen[target]) {
                seen[target] = true;
                queue[end[0]++] = target;
            }
        };
        graph.roots().forEach(root -> visitor.visit(0, root.object()));
        for (int i = 0; i < end[0]; i++) {
            graph.forEachReference(queue[i], visitor);
        }
        assertThat(seen[sample]).isTrue();
        assertThat(end[0]).isGreaterThan(graph.objectCount() / 2);
    }

    /** HotSpot writes names first; another writer may not. */
    @Test
    void readsNamesThatComeBehindTheHeap() throws Exception {
        byte[] dump = new HprofWriter(8)
                .addClass(0x100, "java/lang/Object", 0)
                .addClass(0x108, "com/acme/Node", 0x100, HprofWriter.reference("next"))
                .addInstance(0x200, 0x108, 0x208)
                .addInstance(0x208, 0x108, 0)
                .addStickyClass(0x108)
                .toBytes();
        try (HeapGraph graph = HeapGraph.read(HprofBytes.of(ByteBuffer.wrap(withHeapFirst(dump))), share -> {})) {
            assertThat(graph.objectsOf("com.acme.Node")).hasSize(2);
            assertThat(graph.referenceField(graph.indexOf(0x200), "com.acme.Node", "next"))
                    .isEqualTo(graph.indexOf(0x208));
        }
    }

    private static byte[] withHeapFirst(byte[] dump) {
        int header = "JAVA PROFILE 1.0.2".length() + 13;
        ByteArrayOutputStream heap = new ByteArrayOutputStream();
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        for (int at = header, end; at < dump.length; at = end) {
            end = at + 9 + ByteBuffer.wrap(dump).getInt(at + 5);
            (dump[at] == RecordCursor.HEAP_DUMP ? heap : others).write(dump, at, end - at);
        }
        return ByteBuffer.allocate(dump.length)
                .put(dump, 0, header)
                .put(heap.toByteArray())
                .put(others.toByteArray())
                .array();
    }
}
