package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;

/**
 * Dumps of real programs, read by us and by the heap library of the NetBeans profiler: the figures are the same.
 *
 * <p>But for shallow sizes: that library takes every reference for 8 bytes and aligns nothing. Ours are held against the
 * JVM's own histogram, by {@code ShallowSizeTests}; here retained sizes are compared with shallow sizes as that library
 * has them.
 */
class OtherLibraryTests {
    /** Objects are compared one in so many. */
    private static final int SAMPLE = 400;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void agreesWithTheNetBeansProfiler(RealProgram program) throws Exception {
        Path dump = folder.resolve(program + ".hprof");
        program.dump(dump);
        Heap other = HeapFactory.createHeap(dump.toFile());
        try (HeapGraph graph = HeapGraph.open(dump)) {
            assertThat(counts(graph)).isEqualTo(counts(other, graph.idOf(classClass(graph))));
            assertSameDistances(graph, other);
            assertSameRetained(graph, other);
        }
    }

    private static int classClass(HeapGraph graph) {
        return graph.classesNamed("java.lang.Class").get(0).object();
    }

    /** By the identifier of the class: hidden classes have names that everybody writes another way. */
    private static Map<Long, Long> counts(HeapGraph graph) {
        Map<Long, Long> counts = new TreeMap<>();
        for (ClassHistogram.Row row : ClassHistogram.of(graph).rows()) {
            counts.put(graph.idOf(row.type().object()), row.objects());
        }
        return counts;
    }

    private static Map<Long, Long> counts(Heap other, long classClass) {
        Map<Long, Long> counts = new TreeMap<>();
        for (Object each : other.getAllClasses()) {
            JavaClass type = (JavaClass) each;
            if (type.getInstancesCount() > 0) {
                counts.put(type.getJavaClassId(), (long) type.getInstancesCount());
            }
        }
        // Class objects are no instances there.
        counts.merge(classClass, (long) other.getAllClasses().size(), Long::sum);
        return counts;
    }

    private static void forSome(HeapGraph graph, Heap other, BiConsumer<Integer, Instance> check) {
        int number = 0;
        for (Iterator<?> all = other.getAllInstancesIterator(); all.hasNext(); number++) {
            Instance each = (Instance) all.next();
            if (number % SAMPLE == 0) {
                check.accept(graph.indexOf(each.getInstanceId()), each);
            }
        }
        assertThat(number).isGreaterThan(100 * SAMPLE);
    }

    private static void assertSameDistances(HeapGraph graph, Heap other) {
        PathFinder paths = PathFinder.of(graph).from(RootOrder.ALL_ALIKE);
        forSome(graph, other, (object, each) -> {
            int length = paths.shortestTo(object).map(RootPath::length).orElse(-1);
            assertThat(length).as(() -> each + " " + object).isEqualTo(distance(each));
        });
    }

    private static int distance(Instance object) {
        int distance = 0;
        Instance at = object;
        Instance holder = at.getNearestGCRootPointer();
        while (holder != null && !holder.equals(at)) {
            distance++;
            at = holder;
            holder = at.getNearestGCRootPointer();
        }
        return holder == null ? -1 : distance;
    }

    /**
     * Nearly all: that library follows soft and weak references for some objects, and so may say that what is referred to
     * weakly from elsewhere is not retained. Which sizes are right is for {@link PathsAndDominatorsTests} to say.
     */
    private static void assertSameRetained(HeapGraph graph, Heap other) {
        DominatorTree tree = DominatorTree.of(graph);
        long[] sizes = new long[graph.objectCount()];
        tree.walk(object -> sizes[object] = size(graph, other, object), object -> {
            int dominator = tree.immediateDominator(object);
            if (dominator >= 0) {
                sizes[dominator] += sizes[object];
            }
        });
        int[] agreed = new int[2];
        forSome(graph, other, (object, each) -> agreed[sizes[object] == each.getRetainedSize() ? 1 : 0]++);
        assertThat(agreed[1]).isGreaterThan(9 * agreed[0]);
    }

    private static long size(HeapGraph graph, Heap other, int object) {
        return other.getInstanceByID(graph.idOf(object)).getSize();
    }
}
