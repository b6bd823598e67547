package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** What runs inside a disposable loader, and what becomes of what is thrown there. */
@Tag(Kit.OF_JUNIT)
class DisposableLifeCycleTests {

    private static final String DIARY = "io.heapspec.DisposableLifeCycleTests$Diary";

    @TempDir
    Path output;

    @BeforeEach
    @AfterEach
    void forget() {
        Diary.ENTRIES.clear();
    }

    private Kit.Outcome run(Class<?>... testClasses) {
        return new Kit(output).run(testClasses);
    }

    private static void assertAllPassed(Kit.Outcome outcome, int tests) {
        assertThat(outcome.events().allEvents().failed().list()).isEmpty();
        assertThat(outcome.results())
                .hasSize(tests)
                .allSatisfy(result -> assertThat(result.get("reason").getAsString())
                        .as(result.toString())
                        .isEqualTo("loader_collected"));
    }

    /** Notes what is called, and in which loader. */
    public static final class Diary {
        public static final List<String> ENTRIES = new ArrayList<>();

        public static void note(String what, Class<?> by) {
            boolean inside = String.valueOf(by.getClassLoader().getName()).startsWith("heapspec ");
            boolean context = Thread.currentThread().getContextClassLoader() == by.getClassLoader();
            ENTRIES.add(what + (inside ? " inside" : " outside") + (context ? "" : " in another context"));
        }
    }

    @Test
    void runsTheWholeLifeCycleInside() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();

        assertAllPassed(run(WholeLifeCycleTestCases.class), 1);

        assertThat(Diary.ENTRIES)
                .containsExactly(
                        "constructor outside",
                        "before all wholeLife inside",
                        "constructor inside",
                        "inherited before each inside",
                        "before each wholeLife() inside",
                        "test inside",
                        "after each inside",
                        "after all inside");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(context);
    }

    static class ParentTestCases {

        @BeforeEach
        void first() {
            Diary.note("inherited before each", getClass());
        }
    }

    @NoClassLoaderLeak(outside = DIARY)
    static class WholeLifeCycleTestCases extends ParentTestCases {

        private static int before;
        private final List<String> own = new ArrayList<>();

        @TempDir
        static Path shared;

        @TempDir
        Path folder;

        WholeLifeCycleTestCases() {
            Diary.note("constructor", getClass());
        }

        @BeforeAll
        static void beforeAll(TestInfo info) {
            before++;
            assertNotNull(shared);
            Diary.note("before all wholeLife", WholeLifeCycleTestCases.class);
        }

        @BeforeEach
        void beforeEach(TestInfo info) {
            own.add(info.getDisplayName());
            Diary.note("before each " + info.getDisplayName(), getClass());
        }

        @Test
        void wholeLife() {
            assertNotNull(folder);
            assertEquals(1, before);
            assertEquals(List.of("wholeLife()"), own);
            own.add("by the test");
            Diary.note("test", getClass());
        }

        @AfterEach
        void afterEach() {
            assertEquals(2, own.size());
            Diary.note("after each", getClass());
        }

        @AfterAll
        static void afterAll() {
            Diary.note("after all", WholeLifeCycleTestCases.class);
        }
    }

    @Test
    void leavesOtherTestsOfTheClassOutside() {
        assertAllPassed(run(OneOfTwoTestCases.class), 1);

        assertThat(Diary.ENTRIES)
                .containsExactlyInAnyOrder(
                        "before all outside", "other test outside", "before all inside", "test inside");
    }

    static class OneOfTwoTestCases {

        @BeforeAll
        static void beforeAll() {
            Diary.note("before all", OneOfTwoTestCases.class);
        }

        @Test
        @NoClassLoaderLeak(outside = DIARY)
        void inside() {
            Diary.note("test", getClass());
        }

        @Test
        void outside() {
            Diary.note("other test", getClass());
        }
    }

    @Test
    void runsEveryKindOfTest() {
        assertAllPassed(run(KindsTestCases.class, InheritingTestCases.class), 11);

        assertThat(Diary.ENTRIES)
                .containsExactlyInAnyOrder(
                        "text inside",
                        "word inside",
                        "order inside",
                        "repeated inside",
                        "repeated inside",
                        "outer before inside",
                        "nested inside",
                        "outer before inside",
                        "deep inside",
                        "shared 1 inside",
                        "shared 1 inside",
                        "inherited inside",
                        "meta inside");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @NoClassLoaderLeak(outside = DIARY)
    @interface Unloads {}

    static class KindsTestCases {

        @ParameterizedTest
        @ValueSource(strings = {"text", "word"})
        @Unloads
        void parameterized(String argument) {
            Diary.note(argument, getClass());
        }

        static Stream<List<String>> lists() {
            return Stream.of(List.of("order"));
        }

        @ParameterizedTest
        @MethodSource("lists")
        @Unloads
        void takesAList(List<String> argument) {
            Diary.note(argument.get(0), getClass());
        }

        @RepeatedTest(2)
        @Unloads
        void repeated() {
            Diary.note("repeated", getClass());
        }

        @Nested
        @Unloads
        class Inner {

            private final String ofOuter = beforeEach();

            @Test
            void nested() {
                assertEquals("outer", ofOuter);
                Diary.note("nested", getClass());
            }

            @Nested
            class Deep {
                @Test
                void deep() {
                    assertEquals("outer", ofOuter);
                    Diary.note("deep", getClass());
                }
            }
        }

        String beforeEach() {
            if (Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()
                    && getClass().getClassLoader().getName().startsWith("heapspec")) {
                Diary.note("outer before", getClass());
            }
            return "outer";
        }

        @Nested
        @Unloads
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Shared {

            private int count;

            @BeforeAll
            void beforeAll() {
                count++;
            }

            @Test
            void one() {
                Diary.note("shared " + count, getClass());
            }

            @Test
            void two() {
                Diary.note("shared " + count, getClass());
            }
        }
    }

    @Unloads
    static class AnnotatedParentTestCases {

        @Test
        void inherited() {
            Diary.note("inherited", getClass());
        }

        @Test
        void meta() {
            Diary.note("meta", getClass());
        }
    }

    static class InheritingTestCases extends AnnotatedParentTestCases {}

    @Test
    void keepsTheFailuresOfTests() {
        Kit.Outcome outcome = run(FailingTestCases.class);

        assertThat(outcome.results())
                .hasSize(9)
                .allSatisfy(
                        result -> assertThat(result.get("reason").getAsString()).isEqualTo("test_failed"));
        assertThat(outcome.failure("comparesItems"))
                .isExactlyInstanceOf(AssertionFailedError.class)
                .hasMessage("expected: <item a> but was: <item b>")
                .satisfies(failure -> assertThat(
                                ((AssertionFailedError) failure).getActual().getStringRepresentation())
                        .isEqualTo("item b"))
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .anyMatch(frame -> frame.toString()
                                .matches("io.heapspec.DisposableLifeCycleTests\\$FailingTestCases"
                                        + ".comparesItems\\(DisposableLifeCycleTests.java:\\d+\\)")));
        assertThat(outcome.failure("assertsSeveral"))
                .isExactlyInstanceOf(MultipleFailuresError.class)
                .hasMessageStartingWith("several (2 failures)")
                .satisfies(failure -> assertThat(((MultipleFailuresError) failure).getFailures())
                        .hasSize(2));
        assertThat(outcome.failure("throwsItsOwn"))
                .isExactlyInstanceOf(OwnException.class)
                .hasMessage("own")
                .satisfies(DisposableLifeCycleTests::isOutside);
        assertThat(outcome.failure("throwsWhatCannotBeMade"))
                .hasMessage("io.heapspec.DisposableLifeCycleTests$StrangeException: strange 1")
                .hasRootCauseExactlyInstanceOf(IOException.class)
                .hasRootCauseMessage("disk")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(DisposableLifeCycleTests::isOutside));
        assertThat(outcome.failure("throwsWhatIsItsOwnCause")).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(outcome.failure("throwsAJdkException"))
                .isExactlyInstanceOf(UncheckedIOException.class)
                .hasMessage("read")
                .hasCauseExactlyInstanceOf(IOException.class);
        assertThat(outcome.failure("usesAssertJ"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("but was: \"a\"")
                .satisfies(DisposableLifeCycleTests::isOutside);
        assertThat(outcome.failure("throwsWithoutAWord")).isExactlyInstanceOf(BrokenException.class);
        outcome.events().testEvents().assertStatistics(stats -> stats.aborted(1).failed(8));
    }

    private static void isOutside(Throwable failure) {
        assertThat(failure.getClass().getClassLoader()).isSameAs(DisposableLifeCycleTests.class.getClassLoader());
    }

    record Item(String name) {
        @Override
        public String toString() {
            return "item " + name;
        }
    }

    static class OwnException extends RuntimeException {
        final Item held = new Item("held");

        public OwnException(String message) {
            super(message);
        }
    }

    static class StrangeException extends Exception {
        StrangeException(int number, Throwable cause) {
            super("strange " + number, cause);
            addSuppressed(new OwnException("suppressed"));
        }
    }

    static class BrokenException extends RuntimeException {
        public BrokenException() {}

        @Override
        public String getMessage() {
            if (getClass().getClassLoader() != ClassLoader.getSystemClassLoader()) {
                throw new IllegalStateException("broken");
            }
            return null;
        }
    }

    @NoClassLoaderLeak
    static class FailingTestCases {

        @Test
        void comparesItems() {
            assertEquals(new Item("a"), new Item("b"));
        }

        @Test
        void assertsSeveral() {
            assertAll("several", () -> assertEquals(1, 2), () -> assertEquals(new Item("a"), null));
        }

        @Test
        void throwsItsOwn() {
            throw new OwnException("own");
        }

        @Test
        void throwsWhatCannotBeMade() throws Exception {
            throw new StrangeException(1, new IOException("disk"));
        }

        @Test
        void throwsWhatIsItsOwnCause() {
            IllegalStateException one = new IllegalStateException("one");
            one.initCause(new IllegalArgumentException("other", one));
            throw one;
        }

        @Test
        void throwsAJdkException() {
            throw new UncheckedIOException("read", new IOException("disk"));
        }

        @Test
        void usesAssertJ() {
            assertThat(new Item("a").name()).isEqualTo("b");
        }

        @Test
        void throwsWithoutAWord() {
            throw new BrokenException();
        }

        @Test
        void assumes() {
            assumeTrue(false, "not here");
        }
    }

    @Test
    void saysWhichUseIsNone() {
        Kit.Outcome outcome = run(MisuseTestCases.class, ParametersTestCases.class, BeforeAllTestCases.class);

        assertThat(outcome.failure("wrongName"))
                .hasMessageContaining("@NoClassLoaderLeak on void io.heapspec.DisposableLifeCycleTests")
                .hasMessageContaining("outside = \"org/slf4j\" is no name of a package or class");
        assertThat(outcome.failure("factory"))
                .hasMessageContaining("a @TestFactory cannot run in a class loader of its own");
        assertThat(outcome.failure("abstractCure"))
                .hasMessageContaining("cure = io.heapspec.DisposableLifeCycleTests$AbstractCure cannot be made inside");
        assertThat(outcome.failure("cureAndLeak")).hasMessageContaining("cure and expectLeak exclude each other");
        assertThat(outcome.failure("patience")).hasMessageContaining("patience = \"soon\" is not a duration");
        assertThat(outcome.failure("andLimit")).hasMessageContaining("excludes @MaxAllocations");
        assertThat(outcome.failure("foreignArgument"))
                .hasMessageContaining("an argument of foreignArgument() is made outside of the class loader")
                .hasMessageContaining("outside = {...}");
        assertThat(outcome.failure("withParameters")).hasMessageContaining("has parameters, which are made outside");
        assertThat(outcome.failure("beforeAllWithParameters")).hasMessageContaining("or the annotation on the class");
    }

    abstract static class AbstractCure implements Runnable {}

    static class MisuseTestCases {

        @Test
        @NoClassLoaderLeak(outside = "org/slf4j")
        void wrongName() {}

        @TestFactory
        @NoClassLoaderLeak
        List<DynamicTest> factory() {
            return List.of();
        }

        @Test
        @NoClassLoaderLeak(cure = AbstractCure.class)
        void abstractCure() {}

        @Test
        @NoClassLoaderLeak(cure = NoCure.class, expectLeak = "known")
        void cureAndLeak() {}

        @Test
        @NoClassLoaderLeak(patience = "soon")
        void patience() {}

        @Test
        @NoClassLoaderLeak
        @NoAllocations
        void andLimit() {}

        static Stream<Item> items() {
            return Stream.of(new Item("outside"));
        }

        @ParameterizedTest
        @MethodSource("items")
        @NoClassLoaderLeak
        void foreignArgument(Item item) {}
    }

    static class NoCure implements Runnable {
        @Override
        public void run() {}
    }

    static class ParametersTestCases {

        ParametersTestCases(TestInfo info) {}

        @Test
        @NoClassLoaderLeak
        void withParameters() {}
    }

    static class BeforeAllTestCases {

        @BeforeAll
        static void beforeAll(TestInfo info) {}

        @Test
        @NoClassLoaderLeak
        void beforeAllWithParameters() {}
    }

    @Test
    void letsWhatComesBeforeATestFailIt() {
        Kit.Outcome outcome = run(FailingBeforeTestCases.class, FailingAfterAllTestCases.class);

        assertThat(outcome.failure("neverRuns"))
                .isExactlyInstanceOf(OwnException.class)
                .hasMessage("before all");
        assertThat(outcome.failure("runs"))
                .isExactlyInstanceOf(OwnException.class)
                .hasMessage("after all");
        assertThat(outcome.results())
                .hasSize(2)
                .allSatisfy(
                        result -> assertThat(result.get("reason").getAsString()).isEqualTo("test_failed"));
    }

    @NoClassLoaderLeak
    static class FailingBeforeTestCases {

        @BeforeAll
        static void beforeAll() {
            throw new OwnException("before all");
        }

        @Test
        void neverRuns() {
            throw new AssertionError("it ran");
        }

        @AfterEach
        void afterEach() {
            throw new AssertionError("nothing was set up");
        }
    }

    @NoClassLoaderLeak
    static class FailingAfterAllTestCases {

        @Test
        void runs() {}

        @AfterAll
        static void afterAll() {
            throw new OwnException("after all");
        }
    }

    @Test
    void worksWithNoLeak() {
        Kit.Outcome outcome = run(WithNoLeakTestCases.class);

        assertThat(outcome.results()).hasSize(4);
        assertThat(outcome.results().stream()
                        .filter(result -> result.get("promise").getAsString().equals("noLeak"))
                        .map(result -> result.get("test").getAsString() + " "
                                + result.get("verdict").getAsString()))
                .containsExactlyInAnyOrder(
                        "DisposableLifeCycleTests.WithNoLeakTestCases.clean() passed",
                        "DisposableLifeCycleTests.WithNoLeakTestCases.leaks() failed");
        assertThat(outcome.failure("leaks")).hasMessageStartingWith("@NoClassLoaderLeak");
        assertThat(outcome.failure("leaks").getSuppressed())
                .singleElement()
                .satisfies(too -> assertThat(too).hasMessageStartingWith("@NoLeak"));
    }

    @NoClassLoaderLeak(outside = "io.heapspec.DisposableLifeCycleTests$Kept", patience = "100 ms")
    @NoLeak
    static class WithNoLeakTestCases {

        @Test
        void clean() {
            new Item("garbage");
        }

        @Test
        void leaks() {
            Kept.ALL.add(new Item("kept"));
        }
    }

    public static final class Kept {
        public static final List<Object> ALL = new ArrayList<>();
    }
}
