package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapField;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ObjectKind;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.ClassFootprint;
import io.heapspec.result.DeepSize;
import java.lang.management.ManagementFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("replaces System.out")
class DeepSizesTests {

    private static final Map<String, Object> SAMPLES = samples();

    @TempDir
    Path folder;

    record Pair(int number, Object first, @Nullable Object second) {}

    enum Colour {
        RED,
        GREEN
    }

    @SuppressWarnings("unused")
    static class Node {
        byte small;
        long large;

        @Nullable
        Node next;
    }

    /** A field more in a gap that its superclass left. */
    @SuppressWarnings("unused")
    static class FilledNode extends Node {
        short gap;
        int number;
    }

    private static Map<String, Object> samples() {
        Map<String, Object> samples = new TreeMap<>();
        samples.put("object", new Object());
        samples.put("strings", List.of("latin", "wide \u20ac", new StringBuilder("builder")));
        samples.put(
                "arrays",
                new Object[] {new byte[3], new boolean[1], new long[5], new int[2][3], new char[0], new Pair[7]});
        samples.put("map", new HashMap<>(Map.of(1, "one", 2L, new BigDecimal("3.25"))));
        samples.put("tree", new TreeMap<>(Map.of("a", List.of(1, 2, 3))));
        samples.put(
                "linked", new LinkedList<>(IntStream.range(500, 2_000).boxed().toList()));
        samples.put("concurrent", new ConcurrentHashMap<>(Map.of("key", new BitSet(1_000))));
        samples.put("record", new Pair(1, new Pair(2, "inner", null), Colour.GREEN));
        samples.put("inheritance", ring());
        byte[] captured = new byte[1_000];
        Supplier<Object> lambda = () -> captured;
        samples.put("lambda", lambda);
        samples.put("weak", List.of(new WeakReference<>(new byte[5_000]), new SoftReference<>(new byte[6_000])));
        samples.put("phantom", new PhantomReference<>(new byte[7_000], new ReferenceQueue<>()));
        samples.put("weakMap", new WeakHashMap<>(Map.of("literal", new byte[10])));
        samples.put("jvm", List.of(String.class, new Thread(() -> {}), new Object()));
        samples.put("exception", new IllegalStateException("with a trace"));
        return samples;
    }

    private static Node ring() {
        Node first = new FilledNode();
        first.next = new Node();
        first.next.next = first;
        return first;
    }

    @Test
    void addsUpWhatAHeapDumpHas() throws Exception {
        Map<String, DeepSize> measured = new TreeMap<>();
        SAMPLES.forEach((name, sample) -> measured.put(name, DeepSizes.of(sample)));
        Path dump = folder.resolve("samples.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);

        try (HeapGraph graph = HeapGraph.open(dump)) {
            Map<String, Integer> objects = objectsOf(graph);
            assertThat(objects.keySet()).isEqualTo(SAMPLES.keySet());
            objects.forEach((name, object) -> {
                Map<String, ClassFootprint> expected = footprint(graph, object);
                Map<String, ClassFootprint> actual = new TreeMap<>();
                measured.get(name).classes().forEach(each -> actual.put(each.className(), each));
                assertThat(actual).as(name).isEqualTo(expected);
            });
        }
    }

    /** The values of the map in the static field, by their keys. */
    private static Map<String, Integer> objectsOf(HeapGraph graph) {
        int map = -1;
        for (int i = 0; i < graph.classCount(); i++) {
            HeapClass type = graph.classAt(i);
            if (type.name().equals(DeepSizesTests.class.getName())) {
                for (HeapField field : type.staticFields()) {
                    map = field.name().equals("SAMPLES") ? graph.referenceField(type.object(), field) : map;
                }
            }
        }
        Map<String, Integer> found = new TreeMap<>();
        Deque<Integer> waiting = new ArrayDeque<>(List.of(graph.referenceField(map, "java.util.TreeMap", "root")));
        while (!waiting.isEmpty()) {
            int entry = waiting.pop();
            if (entry >= 0) {
                String name = "java.util.TreeMap$Entry";
                found.put(
                        String.valueOf(graph.stringValue(graph.referenceField(entry, name, "key"))),
                        graph.referenceField(entry, name, "value"));
                waiting.push(graph.referenceField(entry, name, "left"));
                waiting.push(graph.referenceField(entry, name, "right"));
            }
        }
        return found;
    }

    private static Map<String, ClassFootprint> footprint(HeapGraph graph, int root) {
        Map<String, ClassFootprint> found = new TreeMap<>();
        BitSet seen = new BitSet();
        Deque<Integer> waiting = new ArrayDeque<>(List.of(root));
        seen.set(root);
        while (!waiting.isEmpty()) {
            int object = waiting.pop();
            String name = nameOf(graph.classOf(object));
            found.merge(
                    name,
                    new ClassFootprint(name, 1, graph.shallowSize(object)),
                    (one, two) -> new ClassFootprint(name, one.objects() + 1, one.bytes() + two.bytes()));
            graph.forEachReference(object, (edge, target) -> {
                boolean own =
                        edge < 0 || !graph.fieldAt(edge).declaringClass().name().equals("java.lang.ref.Reference");
                if (edge >= HeapGraph.ELEMENT && own && !belongsToTheJvm(graph, target) && !seen.get(target)) {
                    seen.set(target);
                    waiting.push(target);
                }
            });
        }
        return found;
    }

    private static String nameOf(HeapClass type) {
        int end = ClassNames.stableEnd(type.name(), 0, type.name().length());
        return type.name().substring(0, end);
    }

    private static boolean belongsToTheJvm(HeapGraph graph, int object) {
        HeapClass type = graph.classOf(object);
        return graph.kindOf(object) == ObjectKind.CLASS
                || type.isSubclassOf("java.lang.Thread")
                || type.isSubclassOf("java.lang.ClassLoader")
                || type.isSubclassOf("java.lang.Module");
    }

    @Test
    void countsEachObjectOnce() {
        Object shared = new byte[100];

        DeepSize size = DeepSizes.of(new Object[] {shared, shared});

        assertThat(size.objects()).isEqualTo(2);
    }

    @Test
    void followsLongChainsWithoutRecursion() {
        Node first = new Node();
        Node last = first;
        for (int i = 1; i < 1_000_000; i++) {
            last.next = new Node();
            last = last.next;
        }

        assertThat(DeepSizes.of(first).objects()).isEqualTo(1_000_000);
    }

    @Test
    void printsNothingAndLeavesPropertiesAlone() throws Exception {
        String text = new ChildJvm(folder).run(PrintingTestCases.class).text();

        assertThat(text.replaceAll("(?m)^WARNING: .*\\R", "")) // of the JDK, about Unsafe
                .contains("before\n3 objects\nproperties of JOL: []\n")
                .doesNotContain("# WARNING");
    }

    /** Measures in a JVM of its own, where JOL has not been used yet. */
    static class PrintingTestCases {

        @Test
        void measures() {
            System.out.println("before");
            System.out.println(DeepSizes.of(new Object[] {1_000, 2_000}).objects() + " objects");
            System.out.println("properties of JOL: "
                    + System.getProperties().stringPropertyNames().stream()
                            .filter(name -> name.startsWith("jol."))
                            .toList());
        }
    }

    @Test
    void saysThatJolIsMissing() throws Exception {
        String text = new ChildJvm(folder)
                .without("jol-core")
                .run(PrintingTestCases.class)
                .text();

        assertThat(text)
                .contains(
                        "java.lang.IllegalStateException: deep sizes need org.openjdk.jol:jol-core on the class path");
    }
}
