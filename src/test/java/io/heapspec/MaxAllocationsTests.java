package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import io.heapspec.Kit.Outcome;
import io.heapspec.result.AllocationScope;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

@Isolated("other tests allocate")
class MaxAllocationsTests {

    @TempDir
    Path output;

    @Tag(Kit.OF_JUNIT)
    @Test
    void countsNothingForAnEmptyTest() {
        Outcome outcome = run(EmptyTestCases.class);

        assertThat(outcome.results()).hasSize(6).allSatisfy(result -> {
            assertThat(result.get("verdict").getAsString()).as("%s", result).isEqualTo("passed");
            assertThat(result.get("bytes").getAsLong()).as("%s", result).isZero();
            assertThat(limit(result).get("objectsAtMost").getAsLong())
                    .as("%s", result)
                    .isZero();
            assertThat(result.get("reruns").getAsInt()).as("%s", result).isZero();
        });
    }

    @Test
    void passesUpToTheLimitAndFailsAboveIt() {
        Outcome outcome = run(LimitTestCases.class);

        assertThat(outcome.verdict("threeOfThree"))
                .as("%s", outcome.result("threeOfThree"))
                .isEqualTo("passed within_limit");
        assertThat(outcome.verdict("threeOfTwo"))
                .as("%s", outcome.result("threeOfTwo"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("bytesOfTwoArrays"))
                .as("%s", outcome.result("bytesOfTwoArrays"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("firstUseIsNotCounted"))
                .as("%s", outcome.result("firstUseIsNotCounted"))
                .isEqualTo("passed within_limit");
        assertThat(outcome.verdict("firstUseIsCounted"))
                .as("%s", outcome.result("firstUseIsCounted"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("onlyTheSecondLimitIsBroken"))
                .as("%s", outcome.result("onlyTheSecondLimitIsBroken"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("subclassesAndArrays"))
                .as("%s", outcome.result("subclassesAndArrays"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("othersAreNotMeant"))
                .as("%s", outcome.result("othersAreNotMeant"))
                .isEqualTo("passed within_limit");
        assertThat(outcome.verdict("warmedUp"))
                .as("%s", outcome.result("warmedUp"))
                .isEqualTo("passed within_limit");
        assertThat(outcome.verdict("onAnotherThread"))
                .as("%s", outcome.result("onAnotherThread"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.failure("threeOfTwo"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("threeOfTwo() allocates 3 objects, 96 B; the limit is 2 objects.");
        assertThat(outcome.failure("threeOfTwo"))
                .hasMessageContaining("Lines that allocate it:\n      1 object, 32 B, 33 %: 1 × byte[]\n")
                .hasMessageContaining(
                        "at io.heapspec.MaxAllocationsTests$LimitTestCases.three(MaxAllocationsTests.java:");
        assertThat(outcome.failure("onAnotherThread"))
                .hasMessageContaining("allocates 1 long[], 40 B on all threads; the limit is 0 objects.");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void holdsForEveryKindOfTest() {
        Outcome outcome = run(KindsTestCases.class);

        assertThat(outcome.verdict("template"))
                .as("%s", outcome.result("template"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("repeated"))
                .as("%s", outcome.result("repeated"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("nested")).as("%s", outcome.result("nested")).isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("meta")).as("%s", outcome.result("meta")).isEqualTo("failed limit_exceeded");
        assertThat(outcome.verdict("itsOwnLimit"))
                .as("%s", outcome.result("itsOwnLimit"))
                .isEqualTo("passed within_limit");
        assertThat(outcome.verdict("factory"))
                .as("%s", outcome.result("factory"))
                .isEqualTo("passed within_limit");
        assertThat(outcome.verdict("wastefulFactory"))
                .as("%s", outcome.result("wastefulFactory"))
                .isEqualTo("failed limit_exceeded");
        assertThat(outcome.result("wastefulFactory").get("test").getAsString()).endsWith("[#1]");
        assertThat(run(SharedInstanceTestCases.class).verdict("shared")).isEqualTo("failed limit_exceeded");
        assertThat(run(InheritingTestCases.class).verdict("inherits")).isEqualTo("failed limit_exceeded");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void leavesTheTestsOwnFailureAlone() {
        Outcome outcome = run(FailingTestCases.class);

        assertThat(outcome.verdict("fails")).as("%s", outcome.result("fails")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.failure("fails"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("its own");
    }

    @Test
    void keepsBothPromisesOfOneTest() {
        Outcome outcome = run(BothTestCases.class);

        assertThat(outcome.results()).hasSize(2);
        assertThat(outcome.failure("leaksAndAllocates"))
                .hasMessageContaining("@NoLeak")
                .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessageContaining("@MaxAllocations"));
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void refusesMisuse() {
        Outcome outcome = run(MisuseTestCases.class);

        assertMisuse(outcome, "negative", "objects = -1 is negative; allowed are 0 and more");
        assertMisuse(outcome, "unknownUnit", "bytes = \"1 KB\" has the unknown unit \"KB\"");
        assertMisuse(outcome, "nothing", "limit nothing");
        assertMisuse(outcome, "bytesOfNoObjects", "no objects have no bytes");
        assertMisuse(outcome, "primitive", "of = int has no objects");
        assertMisuse(outcome, "tooWarm", "warmup = -2 is out of range");
        assertMisuse(outcome, "contradiction", "warmup = [0, 5] contradict one another");
    }

    private static JsonObject limit(JsonObject result) {
        return result.getAsJsonArray("limits").get(0).getAsJsonObject();
    }

    private static void assertMisuse(Outcome outcome, String method, String text) {
        assertThat(outcome.failure(method))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("@MaxAllocations on ")
                .hasMessageContaining(method)
                .hasMessageContaining(text);
    }

    private Outcome run(Class<?> testCases) {
        return new Kit(output).run(testCases);
    }

    static class EmptyTestCases {

        @Test
        @NoAllocations
        void empty() {}

        @Test
        @NoAllocations
        void emptyToo() {}

        @RepeatedTest(2)
        @MaxAllocations(objects = 0)
        void again() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @MaxAllocations(objects = 0, warmup = 0)
        void parameterized(int number) {}
    }

    static class LimitTestCases {

        private @Nullable Thread thread;

        @Test
        @MaxAllocations(objects = 3, bytes = "96 B")
        void threeOfThree() {
            three();
        }

        @Test
        @MaxAllocations(objects = 2)
        void threeOfTwo() {
            three();
        }

        @Test
        @MaxAllocations(bytes = "100 B")
        void bytesOfTwoArrays() {
            Sink.object = new byte[50];
            Sink.object = new byte[50];
        }

        @Test
        @MaxAllocations(objects = 1)
        void firstUseIsNotCounted() {
            Sink.object = new Object();
            if (Loaded.strings.isEmpty()) {
                Loaded.strings.add("first");
            }
        }

        @Test
        @MaxAllocations(objects = 3, warmup = 0)
        void firstUseIsCounted() {
            for (int i = 0; i < 20; i++) {
                Loaded.lists.add(new ArrayList<>());
            }
        }

        @Test
        @MaxAllocations(objects = 10)
        @MaxAllocations(objects = 1, of = int[].class)
        void onlyTheSecondLimitIsBroken() {
            Sink.object = new int[1];
            Sink.object = new int[2];
        }

        @Test
        @MaxAllocations(objects = 1, of = Number.class)
        @MaxAllocations(objects = 1, of = Number[].class)
        void subclassesAndArrays() {
            Sink.object = new Integer[] {1};
            Sink.object = new Long[] {1L};
        }

        @Test
        @MaxAllocations(objects = 0, of = CharSequence.class)
        void othersAreNotMeant() {
            three();
        }

        @Test
        @MaxAllocations(objects = 3, warmup = 5_000)
        void warmedUp() {
            three();
        }

        @Test
        @MaxAllocations(objects = 0, of = long[].class, scope = AllocationScope.ALL_THREADS)
        void onAnotherThread() throws InterruptedException {
            thread = new Thread(() -> Sink.object = new long[3]);
            thread.start();
            thread.join();
        }

        private static void three() {
            Sink.object = new byte[16];
            Sink.object = new byte[16];
            Sink.object = new byte[16];
        }
    }

    static class Loaded {
        static final List<String> strings = new ArrayList<>();
        static final List<List<String>> lists = new ArrayList<>();
    }

    @MaxAllocations(objects = 0)
    static class KindsTestCases {

        @ParameterizedTest
        @ValueSource(strings = "a")
        void template(String text) {
            Sink.object = text + new Object().hashCode();
        }

        @RepeatedTest(1)
        void repeated() {
            Sink.object = new Object();
        }

        @Test
        @MaxAllocations(objects = 1)
        void itsOwnLimit() {
            Sink.object = new Object();
        }

        @Test
        @Frugal
        void meta() {
            Sink.object = new Object();
        }

        @TestFactory
        List<DynamicTest> factory() {
            return List.of(dynamicTest("nothing", () -> {}));
        }

        @TestFactory
        Stream<DynamicTest> wastefulFactory() {
            return Stream.of(
                    dynamicTest("an object", () -> Sink.object = new Object()), dynamicTest("nothing", () -> {}));
        }

        @Nested
        class Inner {
            @Test
            void nested() {
                Sink.object = new Object();
            }
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @NoAllocations
    @interface Frugal {}

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class SharedInstanceTestCases {
        @Test
        @NoAllocations
        void shared() {
            Sink.object = new Object();
        }
    }

    @NoAllocations
    static class BaseTestCases {}

    static class InheritingTestCases extends BaseTestCases {
        @Test
        void inherits() {
            Sink.object = new Object();
        }
    }

    static class FailingTestCases {
        @Test
        @NoAllocations
        void fails() {
            throw new IllegalStateException("its own");
        }
    }

    static class BothTestCases {

        private static final List<Object> KEPT = new ArrayList<>();

        @Test
        @NoLeak
        @NoAllocations
        void leaksAndAllocates() {
            KEPT.add(new Object());
        }
    }

    static class MisuseTestCases {

        @Test
        @MaxAllocations(objects = -1)
        void negative() {}

        @Test
        @MaxAllocations(bytes = "1 KB")
        void unknownUnit() {}

        @Test
        @MaxAllocations
        void nothing() {}

        @Test
        @MaxAllocations(objects = 0, bytes = "1 KiB")
        void bytesOfNoObjects() {}

        @Test
        @MaxAllocations(objects = 0, of = int.class)
        void primitive() {}

        @Test
        @MaxAllocations(objects = 0, warmup = -2)
        void tooWarm() {}

        @Test
        @MaxAllocations(objects = 0, warmup = 0)
        @MaxAllocations(objects = 0, of = String.class, warmup = 5)
        void contradiction() {}
    }
}
