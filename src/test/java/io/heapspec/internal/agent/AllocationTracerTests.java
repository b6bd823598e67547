package io.heapspec.internal.agent;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.ClassAllocations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("classes are instrumented for all")
class AllocationTracerTests {

    private static volatile @Nullable Object sink;
    private static AllocationTracer tracer;

    private static final Long[] LONGS = {1L, 2L};
    private static final char[] WIDE = {'\u20ac', '1'};
    private static final byte[] NARROW = {'4', '2'};
    private static int next = 1_000;

    @BeforeAll
    static void instrument() throws AgentUnavailableException {
        tracer = new TracingAgent().trace(AllocationTracerTests.class, Set.of());
    }

    @AfterAll
    static void restore() throws Throwable {
        tracer.close();
        // Without probes, nothing is reported.
        assertThat(tracer.record(() -> sink = new int[3]).sites()).isEmpty();
    }

    @Test
    void countsWithShallowSizes() throws Throwable {
        assertThat(text(() -> {
                    sink = new Object();
                    sink = new byte[100];
                    sink = new long[2][3];
                    sink = new String[] {"a"}.clone();
                }))
                .isEqualTo("1 byte[], 1 java.lang.Object, 2 java.lang.String[], 2 long[], 1 long[][]");
        assertThat(trace(() -> sink = new byte[100]).sites().get(0).bytes()).isEqualTo(120);
        assertThat(trace(() -> sink = new Object()).sites().get(0).bytes()).isEqualTo(16);
    }

    @Test
    void givesWhatTheJdkAllocatesToTheLineThatCalledIt() throws Throwable {
        List<AllocationSite> sites = trace(AllocationTracerTests::sorts).sites();

        assertThat(lines(sites, "java.util.TreeMap$Entry")).containsExactly("sorts");
        assertThat(lines(sites, "java.lang.Long")).containsExactly("compareTo");
    }

    @Test
    void returnsToTheCallersLineAfterACallback() throws Throwable {
        Map<Integer, List<String>> map = new HashMap<>();
        List<AllocationSite> sites = trace(() -> {
                    map.clear();
                    fill(map);
                })
                .sites();

        assertThat(lines(sites, "java.util.ArrayList")).containsExactly("newList");
        assertThat(lines(sites, "java.util.HashMap$Node")).containsExactly("fill");
    }

    /** The compiler has code of its own for some methods that allocate, and pays no heed to theirs. */
    @Test
    void countsWhatTheCompilerReplaces() throws Throwable {
        int times = 100_000;
        trace(AllocationTracerTests::grows);
        AllocationTrace once = trace(AllocationTracerTests::grows);
        AllocationTrace trace = trace(() -> {
            for (int i = 0; i < times; i++) {
                grows();
            }
        });

        assertThat(once.classes())
                .extracting(ClassAllocations::className)
                .contains("java.lang.Object[]", "java.lang.Long[]", "byte[]");
        assertThat(once.classes())
                .allSatisfy(each -> assertThat(trace.objectsOf(each.className()))
                        .as(each.className())
                        .isEqualTo(times * each.objects()));
    }

    private static void grows() {
        List<Object> list = new ArrayList<>(1);
        list.add("one");
        list.add("two");
        sink = list;
        sink = Arrays.copyOf(LONGS, 3);
        sink = Arrays.copyOfRange(LONGS, 1, 5);
        sink = new String(WIDE);
        sink = new String(NARROW, StandardCharsets.US_ASCII);
    }

    @Test
    void namesTheCallersOfALine() throws Throwable {
        AllocationSite site = trace(AllocationTracerTests::outer).sites().get(0);

        assertThat(site.stack()).extracting(StackTraceElement::getMethodName).startsWith("inner", "outer");
        assertThat(site.stack().get(0).getFileName()).isEqualTo("AllocationTracerTests.java");
    }

    @Test
    void keepsThreadsApart() throws Throwable {
        AllocationTrace trace = trace(() -> {
            Thread other = new Thread(() -> sink = new short[5], "other");
            other.start();
            other.join();
            sink = new char[5];
        });

        assertThat(trace.sites())
                .filteredOn(site -> site.className().equals("short[]"))
                .extracting(AllocationSite::thread)
                .containsExactly("other");
        assertThat(trace.objectsOf("char[]")).isEqualTo(1);
        assertThat(trace.objectsOf("short[]")).isZero();
    }

    @Test
    void findsTheLineAgainAfterAnException() throws Throwable {
        List<AllocationSite> sites = trace(AllocationTracerTests::catches).sites();

        assertThat(lines(sites, "java.util.ArrayList")).containsExactly("catches");
        assertThat(lines(sites, "java.lang.IllegalStateException")).containsExactly("fails");
    }

    @Test
    void countsManyThreadsAndManySites() throws Throwable {
        AllocationTrace trace = trace(() -> {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Thread thread = new Thread(() -> sink = new float[2], "worker-" + i);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        });

        assertThat(trace.sites().stream()
                        .filter(site -> site.className().equals("float[]"))
                        .mapToLong(AllocationSite::objects)
                        .sum())
                .isEqualTo(200);
    }

    @Test
    void letsTheBodysFailurePass() {
        IllegalStateException own = new IllegalStateException("own");

        assertThat(catchThrowable(() -> tracer.record(() -> {
                    throw own;
                })))
                .isSameAs(own);
    }

    private static void sorts() {
        TreeMap<Key, String> map = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            map.put(new Key(i), "");
        }
        sink = map;
    }

    private static void fill(Map<Integer, List<String>> map) {
        map.computeIfAbsent(1, AllocationTracerTests::newList);
    }

    private static List<String> newList(int key) {
        return new ArrayList<>(key);
    }

    private static void outer() {
        inner();
    }

    private static void inner() {
        sink = new double[1];
    }

    private static void catches() {
        try {
            Stream.of(1).forEach(AllocationTracerTests::fails);
        } catch (IllegalStateException expected) {
            sink = new ArrayList<>();
        }
    }

    private static void fails(int number) {
        throw new IllegalStateException();
    }

    /** What is run the first time is linked, which allocates. */
    private static AllocationTrace trace(AllocationTracer.Body body) throws Throwable {
        tracer.record(body);
        return tracer.record(body);
    }

    private static String text(AllocationTracer.Body body) throws Throwable {
        return trace(body).sites().stream()
                .collect(groupingBy(AllocationSite::className, TreeMap::new, summingLong(AllocationSite::objects)))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(joining(", "));
    }

    private static List<String> lines(List<AllocationSite> sites, String className) {
        return sites.stream()
                .filter(site -> site.className().equals(className))
                .sorted(Comparator.comparing(AllocationSite::objects))
                .map(site -> site.stack().get(0).getMethodName())
                .toList();
    }

    private record Key(int number) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            sink = Long.valueOf(++next);
            return Integer.compare(number, other.number);
        }
    }
}
