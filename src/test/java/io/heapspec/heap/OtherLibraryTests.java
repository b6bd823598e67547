package io.heapspec.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** What keeps its protection domain and signers is a class, and what keeps a class are its instances. */
    private static final Set<Integer> UNKNOWN_THERE =
            Set.of(HeapGraph.PROTECTION_DOMAIN, HeapGraph.SIGNERS, HeapGraph.OWN_CLASS);

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
        int[] compared = new int[2];
        forSome(graph, other, (object, each) -> {
            Optional<RootPath> path = paths.shortestTo(object);
            int ours = path.map(RootPath::length).orElse(-1);
            List<Instance> holders = holders(each);
            int theirs = holders.size() - 1;
            boolean weakly = holders.stream().skip(1).anyMatch(OtherLibraryTests::isReference);
            compared[weakly ? 0 : 1]++;
            if (path.filter(OtherLibraryTests::leavesOut).isPresent()) {
                assertThat(theirs).matches(length -> length < 0 || length >= ours || weakly);
            } else if (!weakly) {
                assertThat(ours)
                        .as(() -> each + ": " + path + ", there " + holders)
                        .isEqualTo(theirs);
            }
        });
        assertThat(compared[1]).isGreaterThan(9 * compared[0]);
    }

    /** That library follows soft and weak references for some objects, and may come nearer by them. */
    private static boolean isReference(Instance holder) {
        for (JavaClass type = holder.getJavaClass(); type != null; type = type.getSuperClass()) {
            if (type.getName().equals("java.lang.ref.Reference")) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a path has a reference that the other library does not know: without it, an object is farther away. */
    private static boolean leavesOut(RootPath path) {
        return path.steps().stream().anyMatch(step -> UNKNOWN_THERE.contains(step.edge()));
    }

    /** The object, what refers to it, and so on up to the root; empty if nothing leads there. */
    private static List<Instance> holders(Instance object) {
        List<Instance> holders = new ArrayList<>();
        Instance at = object;
        Instance holder = at.getNearestGCRootPointer();
        while (holder != null) {
            holders.add(at);
            if (holder.equals(at)) {
                return holders;
            }
            at = holder;
            holder = at.getNearestGCRootPointer();
        }
        return List.of();
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
