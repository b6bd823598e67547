package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heapspec.Kit.Outcome;
import io.heapspec.result.LeakKind;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NoLeakTests {

    @TempDir
    static Path leakingOutput;

    /** Shared: a list that was filled before has room, and shows no growth in the first run. */
    private static @Nullable Outcome leaking;

    @TempDir
    Path output;

    /** What became of the tests that leak; they run once, for all that look at it. */
    private static synchronized Outcome leaking() {
        Outcome known = leaking;
        if (known == null) {
            known = leaking = new Kit(leakingOutput).run(LeakingTestCases.class);
        }
        return known;
    }

    @Test
    void failsWithTheChainWhereSomethingPilesUp() {
        assertThat(leaking().verdict("keepsSessions")).isEqualTo("failed leak");
        JsonObject leak = leaking().leak("keepsSessions");
        assertThat(leak.get("root").getAsString())
                .isEqualTo("static field io.heapspec.NoLeakTests$LeakingTestCases.SESSIONS");
        assertThat(leak.get("leakedClass").getAsString()).isEqualTo("io.heapspec.NoLeakTests$LeakingTestCases$Session");
        assertThat(leak.get("accumulationPoint").getAsString()).isEqualTo("java.util.ArrayList list[*]");
        assertThat(leak.get("objectsPerRun").getAsDouble()).isEqualTo(1);
        assertThat(leak.get("retainedObjects").getAsLong()).isEqualTo(2);
    }

    @Test
    void failsWithTextsThatAnIdeCompares() {
        Throwable failure = leaking().failure("keepsSessions");

        assertThat(failure).isInstanceOfSatisfying(AssertionFailedError.class, error -> {
            assertThat(error.getExpected().getValue()).isInstanceOf(String.class);
            assertThat(error.getActual().getStringRepresentation().lines().count())
                    .isEqualTo(error.getExpected()
                            .getStringRepresentation()
                            .lines()
                            .count());
            assertThat(error.getStackTrace()[0].getMethodName()).isEqualTo("keepsSessions");
            assertThat(error.getStackTrace()[0].getLineNumber()).isGreaterThan(100);
        });
        assertThat(failure)
                .hasMessageContaining("@NoLeak: NoLeakTests.LeakingTestCases.keepsSessions() leaks 1")
                .hasMessageContaining("<-- piles up here: +1 object per run");
    }

    @Test
    void findsTheSameObjectAddedAgainAndAgain() {
        assertThat(leaking().verdict("addsTheSameListener")).isEqualTo("failed leak");
        assertThat(leaking().leak("addsTheSameListener").get("referencesOnly").getAsBoolean())
                .isTrue();
        assertThat(leaking().leak("addsTheSameListener").get("leakedClass").getAsString())
                .isEqualTo("io.heapspec.NoLeakTests$LeakingTestCases$Session");
    }

    @Test
    void findsThreadsThatNeverEnd() {
        assertThat(leaking().leak("startsAThread").get("root").getAsString()).isEqualTo("thread \"blocked-*\"");
        assertThat(leaking().leak("startsAThread").get("kind").getAsString()).isEqualTo("threads");
    }

    @Test
    void findsAnArrayThatOnlyBecomesLonger() {
        assertThat(leaking().verdict("appendsToTheTrail")).isEqualTo("failed leak");
        JsonObject leak = leaking().leak("appendsToTheTrail");
        assertThat(leak.get("root").getAsString())
                .isEqualTo("static field io.heapspec.NoLeakTests$LeakingTestCases.TRAIL");
        assertThat(leak.get("objectsPerRun").getAsDouble()).isZero();
        assertThat(leak.get("bytesPerRun").getAsDouble()).isGreaterThan(1_000);
        assertThat(leaking().failure("appendsToTheTrail")).hasMessageContaining("becomes longer and longer");
    }

    @Test
    void countsAListFromBothOfItsEnds() {
        JsonObject leak = leaking().leak("addsToALinkedList");
        assertThat(leak.get("objectsPerRun").getAsDouble()).isEqualTo(1);
        assertThat(leak.get("leakedClass").getAsString()).isEqualTo("io.heapspec.NoLeakTests$LeakingTestCases$Session");
    }

    @Test
    void findsChainsInATableOfFixedLength() {
        assertThat(leaking().verdict("linksEntriesInAFixedTable")).isEqualTo("failed leak");
        assertThat(leaking().leak("linksEntriesInAFixedTable").get("root").getAsString())
                .isEqualTo("static field io.heapspec.NoLeakTests$LeakingTestCases.TABLE");
    }

    @Test
    void findsWhatAClassKeepsThoughDumpsDoNotShowThatItDoes() {
        JsonObject leak = leaking().leak("attachesAValueToAClass");
        assertThat(leak.get("root").getAsString()).isEqualTo("the JVM itself");
        assertThat(leak.get("accumulationPoint").getAsString())
                .isEqualTo("java.lang.ClassValue$ClassValueMap map[key]");
        assertThat(leaking().failure("attachesAValueToAClass")).hasMessageContaining("a ClassValue computed for ");
    }

    @Test
    void namesOnceWhatSeveralIndexesHold() {
        JsonObject result = leaking().result("registersASessionInThreePlaces");

        assertThat(result.getAsJsonArray("leaks")).hasSize(1);
        assertThat(leaking()
                        .leak("registersASessionInThreePlaces")
                        .get("leakedClass")
                        .getAsString())
                .isEqualTo("io.heapspec.NoLeakTests$LeakingTestCases$Session");
    }

    @Test
    void namesWhatIsHeldBesideAPlaceWhereItMayPileUp() {
        assertThat(leaking().verdict("registersASessionWhereItMayStayAndElsewhere"))
                .isEqualTo("failed leak");
    }

    @Test
    void passesWhereNothingPilesUp() {
        Outcome outcome = new Kit(output).run(CleanTestCases.class);

        assertThat(outcome.verdict("keepsValuesForKeysThatAreSoftlyReachable")).isEqualTo("passed soft_held");
        assertThat(outcome.results())
                .allMatch(result -> result.get("verdict").getAsString().equals("passed"));
        outcome.events()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(12).succeeded(12));
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void judgesEveryKindOfTest() {
        Outcome outcome = new Kit(output).run(KindsTestCases.class);

        assertThat(outcome.results().stream()
                        .filter(result -> result.get("verdict").getAsString().equals("failed"))
                        .map(result -> result.get("test").getAsString())
                        .map(test -> test.substring(test.indexOf("Cases.") + 6)))
                .containsExactlyInAnyOrder(
                        "parameterized()[#2]", "repeated()[#1]", "repeated()[#2]", "factory()", "Inside.nested()");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void judgesInheritedAndComposedAnnotations() {
        Outcome outcome = new Kit(output).run(InheritingTestCases.class, ComposedTestCases.class);

        assertThat(outcome.results())
                .hasSize(2)
                .allMatch(result -> result.get("verdict").getAsString().equals("failed"));
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void judgesTestsOfOneInstancePerClass() {
        Outcome outcome = new Kit(output).run(PerClassTestCases.class);

        assertThat(outcome.verdict("keepsInAField")).startsWith("passed");
        assertThat(outcome.verdict("keepsInAStatic")).isEqualTo("failed leak");
        assertThat(PerClassTestCases.MOST_RUNS_OF_ONE).hasValue(1);
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void runsAloneUnderParallelExecution() {
        Outcome outcome = new Kit(output)
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .run(CleanTestCases.class, ParallelNeighbourTestCases.class, InheritingTestCases.class);

        assertThat(outcome.results().stream()
                        .filter(result -> result.get("verdict").getAsString().equals("failed")))
                .hasSize(1);
        assertThat(outcome.results().stream()
                        .filter(result -> result.get("verdict").getAsString().equals("passed")))
                .hasSize(12);
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void repeatsTheWholeLifeCycleUnseen() {
        LifeCycleTestCases.LOG.clear();
        Outcome outcome = new Kit(output).run(LifeCycleTestCases.class);

        assertThat(outcome.started()).isEqualTo(1);
        int reruns = outcome.results().get(0).get("reruns").getAsInt();
        assertThat(LifeCycleTestCases.LOG.stream().filter("before all"::equals))
                .hasSizeGreaterThan(5)
                .hasSameSizeAs(LifeCycleTestCases.LOG.stream()
                        .filter("after all"::equals)
                        .toList())
                .hasSizeLessThanOrEqualTo(reruns + 1);
        assertThat(LifeCycleTestCases.LOG.stream().filter("test"::equals)).hasSize(reruns + 1);
        assertThat(LifeCycleTestCases.LOG.subList(4, 9))
                .containsExactly("before all", "before each", "test", "after each", "after all");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void leavesTheFixtureOfTheClassToTheTestsThatFollow() {
        Outcome outcome = new Kit(output).run(FixtureTestCases.class);

        outcome.events()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(3).succeeded(3));
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void fallsBackToTheBodyWhereTheLifeCycleCannotBeRepeated() {
        OncePerJvmTestCases.BOUND.set(0);
        Outcome outcome = new Kit(output).run(OncePerJvmTestCases.class);

        assertThat(outcome.verdict("keeps")).isEqualTo("failed leak");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void repeatsTheBodyOrNothingOnRequest() {
        Outcome outcome = new Kit(output).run(RepeatTestCases.class);

        assertThat(outcome.verdict("body")).isEqualTo("failed leak");
        assertThat(outcome.verdict("never")).isEqualTo("inconclusive could_not_repeat");
        assertThat(outcome.failure("never")).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void letsAllowedRetentionToleranceAndUnwatchedKindsPass() {
        Outcome outcome = new Kit(output).run(AllowedTestCases.class);

        assertThat(outcome.verdict("allowed")).isEqualTo("passed allowed");
        assertThat(outcome.verdict("allowedByField")).isEqualTo("passed allowed");
        assertThat(outcome.verdict("tolerated")).isEqualTo("passed allowed");
        assertThat(outcome.verdict("unwatched")).isEqualTo("passed allowed");
        assertThat(outcome.verdict("otherFieldAllowed")).isEqualTo("failed leak");
    }

    @Test
    void findsRareLeaksOnRequest() {
        Outcome outcome = new Kit(output).run(RareTestCases.class);

        assertThat(outcome.verdict("everyThirdRun")).isEqualTo("failed leak");
        assertThat(outcome.result("everyThirdRun").get("sensitivity").getAsInt())
                .isEqualTo(3);
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void doesNotJudgeATestThatFails() {
        Outcome outcome = new Kit(output).run(FailingTestCases.class);

        assertThat(outcome.failure("fails"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("its own");
        assertThat(outcome.verdict("fails")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.failure("aborts"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("its own");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void refusesMisuseNamingElementAttributeAndValue() {
        Outcome outcome = new Kit(output).run(MisusedTestCases.class);

        assertThat(outcome.failure("tolerance"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("MisusedTestCases.tolerance()")
                .hasMessageContaining("tolerance = \"1 KB\"")
                .hasMessageContaining("KiB");
        assertThat(outcome.failure("allow"))
                .hasMessageContaining("allow = \"com.acme.Foo:\"")
                .hasMessageContaining("com.acme.*");
        assertThat(outcome.failure("watch")).hasMessageContaining("watch = {}").hasMessageContaining("THREADS");
        assertThat(outcome.failure("everyNthRun"))
                .hasMessageContaining("everyNthRun = 0")
                .hasMessageContaining("1 to 100");
        assertThat(outcome.failure("budget"))
                .hasMessageContaining("budget = \"fast\"")
                .hasMessageContaining("ms, s, min");
        assertThat(outcome.results()).isEmpty();
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void doesNothingWhenAutodetectedWithoutConfiguration() {
        Outcome outcome = new Kit(output).autodetected().run(UnawareTestCases.class);

        outcome.events()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(2).succeeded(2));
        assertThat(outcome.results()).isEmpty();
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void judgesEverythingOnRequest() {
        Outcome outcome = new Kit(output)
                .autodetected()
                .with(Configuration.NOLEAK_PROPERTY_NAME, "everywhere")
                .run(UnawareTestCases.class);

        assertThat(outcome.verdict("clean")).startsWith("passed");
        assertThat(outcome.verdict("leaks")).isEqualTo("failed leak");
    }

    @Test
    void repeatsNoTestThatHasItsTurnUnlessItIsAnnotated() {
        Outcome outcome = new Kit(output)
                .autodetected()
                .with(Configuration.NOLEAK_PROPERTY_NAME, "everywhere")
                .run(OrderedTestCases.class);

        assertThat(outcome.verdict("first")).isEqualTo("inconclusive could_not_repeat");
        outcome.events()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(2).succeeded(2));
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void judgesEverythingUnderParallelExecution() {
        Outcome outcome = new Kit(output)
                .autodetected()
                .with(Configuration.NOLEAK_PROPERTY_NAME, "everywhere")
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .run(UnawareTestCases.class, ParallelNeighbourTestCases.class);

        assertThat(outcome.results()).hasSize(5);
        assertThat(outcome.verdict("leaks")).isEqualTo("failed leak");
        assertThat(outcome.results().stream()
                        .filter(result -> result.get("verdict").getAsString().equals("failed")))
                .hasSize(1);
    }

    @Test
    void includesAndExcludesByClassName() {
        Kit everywhere = new Kit(output).autodetected().with(Configuration.NOLEAK_PROPERTY_NAME, "everywhere");

        assertThat(everywhere
                        .with(Configuration.NOLEAK_EXCLUDE_PROPERTY_NAME, "com.acme.*, *UnawareTestCases")
                        .run(UnawareTestCases.class)
                        .results())
                .isEmpty();
        assertThat(everywhere
                        .with(Configuration.NOLEAK_INCLUDE_PROPERTY_NAME, "com.acme.*")
                        .run(UnawareTestCases.class)
                        .results())
                .isEmpty();
    }

    @Test
    void refusesAnUnknownConfigurationValue() {
        Outcome outcome = new Kit(output)
                .with(Configuration.NOLEAK_PROPERTY_NAME, "always")
                .run(ComposedTestCases.class);

        assertThat(outcome.failure("keeps"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("heapspec.noleak is \"always\"; allowed are annotated, everywhere, off");
    }

    @Test
    void isOffOnRequest() {
        assertThat(new Kit(output)
                        .with(Configuration.NOLEAK_PROPERTY_NAME, "off")
                        .run(LeakingTestCases.class)
                        .results())
                .isEmpty();
    }

    @Test
    void keepsTheFieldNamesOfItsResults() {
        JsonObject result = leaking().result("keepsSessions");

        assertThat(result.keySet())
                .containsExactly(
                        "uniqueId",
                        "test",
                        "promise",
                        "verdict",
                        "reason",
                        "detail",
                        "sensitivity",
                        "reruns",
                        "blocks",
                        "leaks",
                        "unclosed",
                        "suppressed",
                        "witnesses",
                        "reading",
                        "trace",
                        "screenMillis",
                        "confirmMillis",
                        "explainMillis",
                        "jvm");
        assertThat(result.getAsJsonArray("blocks").get(0).getAsJsonObject().keySet())
                .containsExactly("runs", "growth");
        JsonObject leak = result.getAsJsonArray("leaks").get(0).getAsJsonObject();
        assertThat(leak.keySet())
                .containsExactly(
                        "fingerprint",
                        "kind",
                        "severity",
                        "leakedClass",
                        "rootKind",
                        "root",
                        "accumulationPoint",
                        "chain",
                        "objectsPerRun",
                        "bytesPerRun",
                        "retainedBytes",
                        "retainedObjects",
                        "referencesOnly",
                        "holder",
                        "madeAt");
        for (JsonElement element : leak.getAsJsonArray("chain")) {
            assertThat(element.getAsJsonObject().keySet()).containsExactly("class", "edge", "accumulates");
        }
        assertThat(result.getAsJsonObject("jvm").keySet())
                .containsExactly("version", "vm", "collector", "maxHeapBytes");
    }

    @Test
    void leavesNoDumpBehind() throws Exception {
        try (Stream<Path> files = Files.list(leakingOutput)) {
            assertThat(files).containsExactly(leakingOutput.resolve("results.jsonl"));
        }
    }

    @NoLeak
    static class LeakingTestCases {

        static final StringBuilder TRAIL = new StringBuilder();
        static final List<Session> LINKED = new LinkedList<>();

        @Test
        @NoLeak
        void appendsToTheTrail() {
            TRAIL.append("x".repeat(5_000));
        }

        @Test
        @NoLeak
        void addsToALinkedList() {
            LINKED.add(new Session());
        }

        static final Set<Session> OPEN = new LinkedHashSet<>();
        static final Map<Session, Boolean> KNOWN = new IdentityHashMap<>();
        static final List<WeakReference<Session>> WATCHED = new ArrayList<>();

        @Test
        @NoLeak
        void registersASessionInThreePlaces() {
            Session session = new Session();
            OPEN.add(session);
            KNOWN.put(session, true);
            WATCHED.add(new WeakReference<>(session));
        }

        static final Map<Session, Boolean> MAY_STAY = new IdentityHashMap<>();
        static final Set<Session> FORGOTTEN = new LinkedHashSet<>();

        @Test
        @NoLeak(allow = "io.heapspec.NoLeakTests$LeakingTestCases:MAY_STAY")
        void registersASessionWhereItMayStayAndElsewhere() {
            Session session = new Session();
            MAY_STAY.put(session, true);
            FORGOTTEN.add(session);
        }

        /** The value refers to what it is found by, and so is never let go of. */
        @Test
        @NoLeak
        void attachesAValueToAClass() {
            new ClassValue<List<Object>>() {
                @Override
                protected List<Object> computeValue(Class<?> type) {
                    return List.of(this);
                }
            }.get(Object.class);
        }

        static final Entry[] TABLE = new Entry[512];
        static int entries;

        record Entry(int key, @Nullable Entry next) {}

        @Test
        @NoLeak
        void linksEntriesInAFixedTable() {
            int place = entries++ * 37 % TABLE.length;
            TABLE[place] = new Entry(entries, TABLE[place]);
        }

        static final List<Session> SESSIONS = new ArrayList<>();
        static final List<Object> LISTENERS = new ArrayList<>();
        static final Session LISTENER = new Session();

        @Test
        void keepsSessions() {
            SESSIONS.add(new Session());
        }

        @Test
        void addsTheSameListener() {
            LISTENERS.add(LISTENER);
        }

        @Test
        void startsAThread() {
            CountDownLatch never = new CountDownLatch(1);
            Thread thread = new Thread(
                    () -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "blocked-" + never.hashCode());
            thread.setDaemon(true);
            thread.start();
        }

        static final class Session {
            final byte[] data = new byte[100];
        }
    }

    @NoLeak
    static class CleanTestCases {

        static final Map<Object, Object> RECENT = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                return size() > 700;
            }
        };
        static final ByteArrayOutputStream BUFFER = new ByteArrayOutputStream();

        @Test
        @NoLeak
        void fillsACacheThatHasABound() {
            RECENT.put(new Object(), new byte[10]);
        }

        @Test
        @NoLeak
        void usesABufferAgain() {
            BUFFER.reset();
            BUFFER.writeBytes(new byte[1_000 + (int) (System.nanoTime() % 20_000)]);
        }

        static final Object[] CODES = new Object[8_192];
        static int codes;

        /** As a cache does that has one place for each hash code. */
        @Test
        @NoLeak
        void putsIntoPlacesOfAFixedArray() {
            CODES[codes++ * 37 % CODES.length] = new byte[3];
        }

        static final Map<Object, byte[]> BY_KEY = new WeakHashMap<>();
        static final List<SoftReference<Object>> KEYS = new ArrayList<>();

        /** Both go when memory is short: nothing but soft references refers to the keys. */
        @Test
        @NoLeak
        void keepsValuesForKeysThatAreSoftlyReachable() {
            Object key = new Object();
            BY_KEY.put(key, new byte[10]);
            KEYS.add(new SoftReference<>(key));
        }

        static Map<String, byte[]> fixture = new HashMap<>();
        byte[] field = new byte[50 << 20];

        @BeforeAll
        static void fixture() {
            fixture = new HashMap<>(Map.of("a", new byte[1000]));
        }

        @Test
        void empty() {}

        @Test
        void emptyAgain() {}

        @Test
        void fillsAField() {
            field = new byte[1000];
        }

        @Test
        void usesATemporaryFolder(@TempDir Path folder) throws Exception {
            Files.writeString(folder.resolve("a.txt"), "a");
        }

        @Test
        void loadsLambdasLate() {
            assertThat(Stream.of(1, 2, 3).map(i -> i + 1).toList()).hasSize(3);
        }

        @Test
        void formats() {
            assertThat(String.format("%05.2f %s", 1.5, fixture)).isNotEmpty();
        }

        @Test
        void startsAThreadThatEndsLate() {
            CountDownLatch never = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                try {
                    assertThat(never.await(300, TimeUnit.MILLISECONDS)).isFalse();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
        }

        @ParameterizedTest
        @ValueSource(ints = 1)
        void parameterized(int number) {
            assertThat(number).isEqualTo(1);
        }
    }

    @NoLeak
    static class KindsTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameterized(int number) {
            if (number == 2) {
                KEPT.add(new int[number]);
            }
        }

        @RepeatedTest(2)
        void repeated() {
            KEPT.add(new long[2]);
        }

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.of("a", "b").map(name -> DynamicTest.dynamicTest(name, () -> KEPT.add(new char[3])));
        }

        @Nested
        class Inside {

            @Test
            void nested() {
                KEPT.add(new short[4]);
            }
        }
    }

    @NoLeak
    abstract static class Promising {}

    static class InheritingTestCases extends Promising {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void keeps() {
            KEPT.add(new Object());
        }
    }

    @NoLeak
    @Test
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface CleanTest {}

    static class ComposedTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @CleanTest
        void keeps() {
            KEPT.add(new Object());
        }
    }

    @NoLeak
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCases {

        static final List<Object> KEPT = new ArrayList<>();
        final List<Object> field = new ArrayList<>();

        @Test
        void keepsInAField() {
            field.add(new Object());
        }

        /** How often one instance ran {@link #keepsInAStatic}, at most. */
        static final AtomicInteger MOST_RUNS_OF_ONE = new AtomicInteger();

        int runs;

        @Test
        void keepsInAStatic() {
            KEPT.add(new Object());
            MOST_RUNS_OF_ONE.accumulateAndGet(++runs, Math::max);
        }
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OrderedTestCases {

        static final List<Object> STEPS = new ArrayList<>();

        @Test
        @Order(1)
        void first() {
            STEPS.add(new Object());
        }

        @Test
        @Order(2)
        void second() {
            assertThat(STEPS).hasSize(1);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class ParallelNeighbourTestCases {

        static volatile List<Object> noise = List.of();

        @RepeatedTest(3)
        void makesNoise() {
            List<Object> more = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                more.add(new Object());
            }
            noise = more;
        }
    }

    @NoLeak
    static class LifeCycleTestCases {

        static final List<String> LOG = new ArrayList<>();
        static final List<Object> FIRST_USE = new ArrayList<>();

        @BeforeAll
        static void beforeAll() {
            LOG.add("before all");
        }

        @BeforeEach
        void beforeEach() {
            LOG.add("before each");
        }

        @Test
        void test() {
            LOG.add("test");
            if (FIRST_USE.isEmpty()) {
                FIRST_USE.add(new Object());
            }
        }

        @AfterEach
        void afterEach() {
            LOG.add("after each");
        }

        @AfterAll
        static void afterAll() {
            LOG.add("after all");
        }
    }

    @NoLeak
    static class FixtureTestCases {

        static final List<Object> FIRST_USE = new ArrayList<>();
        static @Nullable List<String> shared;

        @BeforeAll
        static void open() {
            shared = new ArrayList<>(List.of("open"));
        }

        @RepeatedTest(3)
        void readsTheFixture() {
            assertThat(shared).containsExactly("open");
            if (FIRST_USE.size() < 3) {
                FIRST_USE.add(new Object());
            }
        }

        @AfterAll
        static void close() {
            shared = null;
        }
    }

    @NoLeak
    static class OncePerJvmTestCases {

        static final AtomicInteger BOUND = new AtomicInteger();
        static final List<Object> KEPT = new ArrayList<>();

        @BeforeAll
        static void bindsOnce() {
            assertThat(BOUND.incrementAndGet()).isEqualTo(1);
        }

        @Test
        void keeps() {
            KEPT.add(new Object());
        }
    }

    static class RepeatTestCases {

        static final List<Object> KEPT = new ArrayList<>();
        static final List<Object> KEPT_TOO = new ArrayList<>();

        @Test
        @NoLeak(repeat = Repeat.BODY)
        void body() {
            KEPT.add(new Object());
        }

        @Test
        @NoLeak(repeat = Repeat.NEVER)
        void never() {
            KEPT_TOO.add(new Object());
        }
    }

    static class AllowedTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        @NoLeak(allow = "io.heapspec.*")
        void allowed() {
            KEPT.add(new byte[24]);
        }

        @Test
        @NoLeak(allow = "*AllowedTestCases:OTHER,KEPT")
        void allowedByField() {
            KEPT.add(new byte[24]);
        }

        @Test
        @NoLeak(allow = "*AllowedTestCases:OTHER")
        void otherFieldAllowed() {
            KEPT.add(new short[24]);
        }

        @Test
        @NoLeak(tolerance = "1 KiB")
        void tolerated() {
            KEPT.add(new byte[24]);
        }

        @Test
        @NoLeak(watch = {LeakKind.THREADS, LeakKind.CLASS_LOADERS})
        void unwatched() {
            KEPT.add(new byte[24]);
        }
    }

    static class RareTestCases {

        static final List<Object> KEPT = new ArrayList<>();
        static final AtomicInteger RUNS = new AtomicInteger();

        @Test
        @NoLeak(everyNthRun = 3)
        void everyThirdRun() {
            if (RUNS.incrementAndGet() % 3 == 0) {
                KEPT.add(new Object());
            }
        }
    }

    @NoLeak
    static class FailingTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void fails() {
            KEPT.add(new Object());
            throw new IllegalStateException("its own");
        }

        @Test
        void aborts() {
            KEPT.add(new Object());
            throw new TestAbortedException("its own");
        }
    }

    static class MisusedTestCases {

        @Test
        @NoLeak(tolerance = "1 KB")
        void tolerance() {}

        @Test
        @NoLeak(allow = "com.acme.Foo:")
        void allow() {}

        @Test
        @NoLeak(watch = {})
        void watch() {}

        @Test
        @NoLeak(everyNthRun = 0)
        void everyNthRun() {}

        @Test
        @NoLeak(budget = "fast")
        void budget() {}
    }

    static class UnawareTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void clean() {}

        @Test
        void leaks() {
            KEPT.add(new Object());
        }
    }
}
