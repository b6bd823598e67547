package io.heapspec;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heapspec.ChildJvm.Ended;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.MethodCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same code allocates the same, whatever ran before it. */
class AllocationOrderTests {

    private static final int COPIES = 25;

    @TempDir
    Path output;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void sameCodeAllocatesTheSameInAnyOrder(long seed) throws Exception {
        Ended ended = new ChildJvm(
                        output,
                        "-Xmx256m",
                        "-Djunit.jupiter.testmethod.order.default=" + MethodOrderer.Random.class.getName(),
                        "-Djunit.jupiter.execution.order.random.seed=" + seed)
                .with(Programs.suite(output))
                .run(Programs.SUITE);

        assertThat(ended.results()).as(ended.text()).hasSize(COPIES * Programs.LIMITS.size());
        assertThat(counts(ended.results())).isEqualTo(Programs.EXPECTED);
        assertThat(ended.results()).allSatisfy(AllocationOrderTests::isWithinItsBounds);
    }

    @Test
    void sameCodeAllocatesTheSameAlone() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m").run(AloneTestCases.class);

        assertThat(counts(ended.results())).isEqualTo(Map.of("map", Programs.EXPECTED.get("map")));
    }

    /** Returns what was counted for each program where that is certain: one text, if all copies agree. */
    private static Map<String, Set<String>> counts(List<JsonObject> results) {
        return results.stream()
                .filter(result -> result.get("certification").getAsString().equals("certified"))
                .collect(groupingBy(
                        AllocationOrderTests::program, TreeMap::new, mapping(AllocationOrderTests::count, toSet())));
    }

    /** Where a thread of the JVM allocated meanwhile, what is known of the objects must not contradict that, and the bytes are the same. */
    private static void isWithinItsBounds(JsonObject result) {
        JsonObject limit = result.getAsJsonArray("limits").get(0).getAsJsonObject();
        long objects = Programs.LIMITS.get(program(result));
        assertThat(objects)
                .as("%s", result)
                .isBetween(
                        limit.get("objectsAtLeast").getAsLong(),
                        limit.get("objectsAtMost").getAsLong());
        assertThat(Programs.EXPECTED.get(program(result)))
                .as("%s", result)
                .contains("within_limit: " + objects + " objects, "
                        + result.get("bytes").getAsLong() + " B");
    }

    private static String program(JsonObject result) {
        return result.get("test").getAsString().replaceAll(".*\\.|\\d*\\(\\)", "");
    }

    private static String count(JsonObject result) {
        return result.get("reason").getAsString() + ": "
                + result.get("objects").getAsLong() + " objects, "
                + result.get("bytes").getAsLong() + " B";
    }

    static class AloneTestCases {

        @Test
        @MaxAllocations(objects = 3)
        void map() {
            Programs.map();
        }
    }

    /** What the tests run; each limit is what warm code allocates, so that a first run that allocates more is repeated. */
    @SuppressWarnings("unused") // called by generated tests
    public static class Programs {

        static final String SUITE = "io.heapspec.ShuffledTestCases";

        static final Map<String, Long> LIMITS = Map.of(
                "nothing", 0L, "object", 1L, "arrays", 4L, "box", 1L, "text", 2L, "map", 3L, "lambda", 1L, "list", 2L);

        static final Map<String, Set<String>> EXPECTED = new TreeMap<>(Map.of(
                "nothing", Set.of("within_limit: 0 objects, 0 B"),
                "object", Set.of("within_limit: 1 objects, 16 B"),
                "arrays", Set.of("within_limit: 4 objects, 104 B"),
                "box", Set.of("within_limit: 1 objects, 24 B"),
                "text", Set.of("within_limit: 2 objects, 56 B"),
                "map", Set.of("within_limit: 3 objects, 160 B"),
                "lambda", Set.of("within_limit: 1 objects, 24 B"),
                "list", Set.of("within_limit: 2 objects, 72 B")));

        static volatile @Nullable Object sink;
        static volatile long number = 1_000;

        /** Generates 200 tests, which nobody should have to read, and returns the folder that has their class. */
        static Path suite(Path folder) throws IOException {
            DynamicType.Builder<?> type = new ByteBuddy().subclass(Object.class).name(SUITE);
            for (Map.Entry<String, Long> each : LIMITS.entrySet()) {
                for (int copy = 0; copy < COPIES; copy++) {
                    type = type.defineMethod(each.getKey() + copy, void.class, Visibility.PUBLIC)
                            .intercept(MethodCall.invoke(method(each.getKey())))
                            .annotateMethod(
                                    AnnotationDescription.Builder.ofType(Test.class)
                                            .build(),
                                    AnnotationDescription.Builder.ofType(MaxAllocations.class)
                                            .define("objects", each.getValue())
                                            .build());
                }
            }
            try (DynamicType.Unloaded<?> made = type.make()) {
                made.saveIn(folder.toFile());
            }
            return folder;
        }

        private static Method method(String name) {
            try {
                return Programs.class.getMethod(name);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        public static void nothing() {}

        public static void object() {
            sink = new Object();
        }

        public static void arrays() {
            sink = new int[3][1];
        }

        public static void box() {
            sink = number;
        }

        public static void text() {
            sink = "number " + number;
        }

        public static void map() {
            Map<Object, Object> map = new HashMap<>();
            map.put("key", "value");
            sink = map;
        }

        public static void lambda() {
            long captured = number;
            Supplier<Long> supplier = () -> captured;
            sink = supplier;
        }

        public static void list() {
            List<Object> list = new ArrayList<>(8);
            list.add("element");
            sink = list;
        }
    }
}
