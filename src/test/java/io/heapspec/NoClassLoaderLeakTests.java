package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.beans.Introspector;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds a class loader, and what does not. */
class NoClassLoaderLeakTests {

    private static final String OUTSIDE = "io.heapspec.NoClassLoaderLeakTests$Outside";

    @TempDir
    Path output;

    @BeforeEach
    void hold() {
        Outside.latch = new CountDownLatch(1);
    }

    @AfterEach
    void letGo() {
        Outside.KEPT.clear();
        Outside.latch.countDown();
    }

    private Kit.Outcome run(Class<?>... testClasses) {
        return new Kit(output).run(testClasses);
    }

    @Test
    void passesWhatLetsItsLoaderGo() {
        Kit.Outcome outcome = run(CleanTestCases.class);

        outcome.events()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(7).failed(0));
        assertThat(outcome.results()).hasSize(7).allSatisfy(result -> {
            assertThat(result.get("promise").getAsString()).isEqualTo("noClassLoaderLeak");
            assertThat(result.get("reason").getAsString()).isIn("loader_collected", "soft_held");
            assertThat(result.get("loadedClasses").getAsInt()).isPositive();
        });
        assertThat(outcome.verdict("runsInALoaderOfItsOwn")).isEqualTo("passed loader_collected");
        assertThat(outcome.verdict("isHeldSoftly")).isEqualTo("passed soft_held");
    }

    @NoClassLoaderLeak(outside = {OUTSIDE, "io.heapspec.NoClassLoaderLeakTests$BrokenLoader"})
    static class CleanTestCases {

        @Test
        void runsInALoaderOfItsOwn() {
            ClassLoader loader = getClass().getClassLoader();
            assertEquals("heapspec NoClassLoaderLeakTests.CleanTestCases.runsInALoaderOfItsOwn()", loader.getName());
            assertEquals(loader, Thread.currentThread().getContextClassLoader());
            assertEquals(loader, Item.class.getClassLoader());
        }

        @Test
        void introspectsABean() throws Exception {
            assertEquals(2, Introspector.getBeanInfo(Item.class).getPropertyDescriptors().length);
        }

        @Test
        void serializesAnObject() {
            assertEquals(Item.class, ObjectStreamClass.lookup(Item.class).forClass());
        }

        @Test
        void endsItsThreadLater() {
            Item item = new Item();
            new Thread(() -> {
                        awaitCollections(2);
                        item.getName();
                    })
                    .start();
        }

        /** Until something made after this, and held by nobody, was collected; and so on. */
        private static void awaitCollections(int count) {
            for (int i = 0; i < count; i++) {
                WeakReference<Object> marker = new WeakReference<>(new Object());
                while (!marker.refersTo(null)) {
                    Thread.onSpinWait();
                }
            }
        }

        @Test
        void isHeldSoftly() {
            Outside.KEPT.add(new SoftReference<>(new Item()));
        }

        /** Loaders whose text cannot be made, and more of them than one looks through by hand. */
        @Test
        void runsBesideManyLoaders() {
            Outside.keepManyLoaders();
        }

        @Test
        void logs() {
            Logger.getLogger(Item.class.getName()).fine("nothing");
        }
    }

    @Test
    void namesWhatHoldsTheLoader() {
        Kit.Outcome outcome = run(LeakingTestCases.class);

        assertThat(outcome.results())
                .hasSize(7)
                .allSatisfy(result -> assertThat(result.get("reason").getAsString())
                        .as(result.toString())
                        .isEqualTo("loader_kept"));
        assertThat(outcome.failure("setsAThreadLocal"))
                .hasMessageMatching(
                        "(?s)@NoClassLoaderLeak: NoClassLoaderLeakTests.LeakingTestCases.setsAThreadLocal\\(\\) keeps its class loader: .*"
                                + "GC root: thread \"[^\"]+\"\n[^\n]*java.lang.Thread  thread local\n.*"
                                + "NoClassLoaderLeakTests\\$Item  its class\n.*"
                                + "class io.heapspec.NoClassLoaderLeakTests\\$Item  its class loader\n.*"
                                + "the class loader of the test, with 2 classes\nA ThreadLocal keeps a value .*");
        assertThat(outcome.failure("registersADriver"))
                .hasMessageContaining("GC root: static field java.sql.DriverManager.registeredDrivers")
                .hasMessageContaining("DriverManager.deregisterDriver");
        assertThat(outcome.failure("addsToAStaticListOutside"))
                .hasMessageContaining("GC root: static field io.heapspec.NoClassLoaderLeakTests$Outside.KEPT")
                .hasMessageContaining("cut the chain at NoClassLoaderLeakTests$Outside.KEPT");
        assertThat(outcome.failure("startsAThread"))
                .hasMessageContaining("GC root: thread \"endless\"")
                .hasMessageContaining(".contextClassLoader")
                .hasMessageContaining("stop the thread");
        assertThat(outcome.failure("runsInAThreadOfAnotherContext")).hasMessageContaining("stop the thread");
        assertThat(outcome.failure("registersAShutdownHook"))
                .hasMessageContaining("GC root: static field java.lang.ApplicationShutdownHooks.hooks")
                .hasMessageContaining("Runtime.removeShutdownHook");
        assertThat(outcome.failure("leaksWithManyOtherLoaders"))
                .hasMessageContaining("NoClassLoaderLeakTests$Outside.KEPT");
    }

    @NoClassLoaderLeak(
            outside = {OUTSIDE, "io.heapspec.NoClassLoaderLeakTests$BrokenLoader"},
            patience = "500 ms")
    static class LeakingTestCases {

        @Test
        void setsAThreadLocal() {
            ThreadLocal<Object> local = new ThreadLocal<>();
            local.set(new Item());
        }

        @Test
        void registersADriver() throws SQLException {
            DriverManager.registerDriver(new NoDriver());
        }

        @Test
        void addsToAStaticListOutside() {
            Outside.KEPT.add(new Item());
        }

        @Test
        void startsAThread() {
            new Thread(Outside::await, "endless").start();
        }

        @Test
        void runsInAThreadOfAnotherContext() {
            Item held = new Item();
            Thread thread = new Thread(() -> {
                Outside.await();
                held.getName();
            });
            thread.setContextClassLoader(null);
            thread.start();
        }

        @Test
        void leaksWithManyOtherLoaders() {
            Outside.keepManyLoaders();
            Outside.KEPT.add(new Item());
        }

        @Test
        void registersAShutdownHook() {
            Runtime.getRuntime().addShutdownHook(new Thread(Item::new));
        }
    }

    @Test
    void provesACure() {
        Kit.Outcome outcome = run(CureTestCases.class);

        assertThat(outcome.verdict("isCured")).isEqualTo("passed cured");
        assertThat(outcome.result("isCured").get("cure").getAsString()).isEqualTo(Deregistering.class.getName());
        assertThat(outcome.verdict("isCuredWithItsLifeCycle")).isEqualTo("passed cured");
        assertThat(outcome.verdict("isNotCured")).isEqualTo("failed not_cured");
        assertThat(outcome.failure("isNotCured"))
                .hasMessageContaining(
                        "isNotCured() keeps its class loader in spite of NoClassLoaderLeakTests$Deregistering: ")
                .hasMessageContaining("GC root: static field io.heapspec.NoClassLoaderLeakTests$Outside.KEPT");
        assertThat(outcome.verdict("hasNothingToCure")).isEqualTo("failed nothing_to_cure");
        assertThat(outcome.failure("hasNothingToCure"))
                .hasMessageContaining("lets its class loader go without NoClassLoaderLeakTests$Deregistering, too");
        assertThat(outcome.verdict("hasABrokenCure")).isEqualTo("inconclusive could_not_repeat");
        assertThat(outcome.failure("hasABrokenCure"))
                .hasMessageContaining(
                        "it could not be run again with the cure: java.lang.IllegalStateException: broken cure");
        assertThat(outcome.verdict("fails")).isEqualTo("inconclusive test_failed");
        assertThat(outcome.results()).hasSize(6);
    }

    @NoClassLoaderLeak(outside = OUTSIDE, cure = Deregistering.class, patience = "300 ms")
    static class CureTestCases {

        private Driver driver;

        @BeforeAll
        static void isReadyOutside(TestInfo info) {
            Objects.requireNonNull(info);
        }

        @BeforeEach
        void makeDriver() {
            driver = new NoDriver();
        }

        @AfterEach
        void hasRun() {
            Objects.requireNonNull(driver);
        }

        @Test
        void isCured() throws SQLException {
            DriverManager.registerDriver(driver);
        }

        @RepeatedTest(1)
        void isCuredWithItsLifeCycle(RepetitionInfo info) throws SQLException {
            DriverManager.registerDriver(driver);
            assertEquals(1, info.getCurrentRepetition());
        }

        @Test
        void isNotCured() throws SQLException {
            DriverManager.registerDriver(driver);
            Outside.KEPT.add(driver);
        }

        @Test
        void hasNothingToCure() {}

        @Test
        @NoClassLoaderLeak(outside = OUTSIDE, cure = BrokenCure.class, patience = "300 ms")
        void hasABrokenCure() {
            Outside.KEPT.add(driver);
        }

        @Test
        void fails() throws SQLException {
            DriverManager.registerDriver(driver);
            throw new SQLException("by itself");
        }
    }

    static class Deregistering implements Runnable {

        @Override
        public void run() {
            // Only drivers of the loader that calls are told.
            for (Driver driver : Collections.list(DriverManager.getDrivers())) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    static class BrokenCure implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("broken cure");
        }
    }

    @Test
    void passesAnExpectedLeakAsLongAsItIsThere() {
        Kit.Outcome outcome = run(ExpectedTestCases.class);

        assertThat(outcome.verdict("leaks")).isEqualTo("passed loader_kept_as_expected");
        assertThat(outcome.verdict("isMended")).isEqualTo("failed loader_no_longer_kept");
        assertThat(outcome.failure("isMended"))
                .hasMessageContaining("isMended() no longer keeps its class loader")
                .hasMessageContaining("Remove expectLeak");
    }

    @NoClassLoaderLeak(outside = OUTSIDE, expectLeak = "ISSUE-1: the registry has no remove()", patience = "300 ms")
    static class ExpectedTestCases {

        @Test
        void leaks() {
            Outside.KEPT.add(new Item());
        }

        @Test
        void isMended() {}
    }

    @Test
    void takesPackagesOutsideFromTheConfiguration() {
        Kit.Outcome outcome = new Kit(output)
                .with(Configuration.CLASSLOADER_OUTSIDE_PROPERTY_NAME, "com.acme, " + OUTSIDE)
                .run(ConfiguredTestCases.class);

        assertThat(outcome.verdict("sharesAList")).isEqualTo("passed loader_collected");
        assertThat(Outside.KEPT).containsExactly("shared");
        outcome.events().testEvents().assertStatistics(stats -> stats.succeeded(1));
    }

    static class ConfiguredTestCases {

        @Test
        @NoClassLoaderLeak
        void sharesAList() {
            Outside.KEPT.add("shared");
        }
    }

    @Test
    void saysSoWhereNoCollectionCanBeForced() throws Exception {
        ChildJvm.Ended ended = new ChildJvm(output, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC")
                .run(ConfiguredTestCases.class);

        assertThat(ended.verdict()).isEqualTo("inconclusive no_confirmed_collection");
    }

    @Test
    void saysSoWhereClassesAreNeverUnloaded() throws Exception {
        ChildJvm.Ended ended = new ChildJvm(output, "-XX:-ClassUnloading").run(ConfiguredTestCases.class);

        assertThat(ended.verdict()).isEqualTo("inconclusive unsupported_jvm");
    }

    /** The threads of the flight recorder live on, with the context class loader of whoever used it first. */
    @Test
    void saysThatAThreadOfTheJvmTookOverTheLoader() throws Exception {
        ChildJvm.Ended ended = new ChildJvm(output).run(RecordingTestCases.class);

        assertThat(ended.verdict()).isEqualTo("failed loader_kept");
        assertThat(ended.text())
                .contains("GC root: thread \"JFR Periodic Tasks\"")
                .contains("use what started it once outside, before the test");
    }

    static class RecordingTestCases {

        @Test
        @NoClassLoaderLeak(patience = "500 ms")
        void records() {
            try (Recording recording = new Recording()) {
                recording.start();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    void judgesAlikeOnEachCollector(String collector) throws Exception {
        ChildJvm.Ended ended = new ChildJvm(output, collector).run(FirstAndLastTestCases.class);

        assertThat(ended.results().stream()
                        .map(result -> result.get("test").getAsString() + " "
                                + result.get("reason").getAsString()))
                .as(ended.text())
                .containsExactlyInAnyOrder(
                        "NoClassLoaderLeakTests.FirstAndLastTestCases.clean() loader_collected",
                        "NoClassLoaderLeakTests.FirstAndLastTestCases.usesAssertJ() loader_collected",
                        "NoClassLoaderLeakTests.FirstAndLastTestCases.leaks() loader_kept");
    }

    @NoClassLoaderLeak(patience = "1 s")
    static class FirstAndLastTestCases {

        private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

        @Test
        void clean() {
            assertEquals("item", new Item().getName());
        }

        @Test
        void usesAssertJ() {
            assertThat(List.of(new Item())).extracting("name").containsExactly("item");
        }

        @Test
        void leaks() {
            LOCAL.set(new Item());
        }
    }

    static class Item implements Serializable {
        private static final long serialVersionUID = 1L;

        public String getName() {
            return "item";
        }
    }

    public static final class Outside {
        public static final List<Object> KEPT = new ArrayList<>();
        public static volatile CountDownLatch latch = new CountDownLatch(1);

        public static void keepManyLoaders() {
            for (int i = 0; i <= 10_000; i++) {
                KEPT.add(new BrokenLoader());
            }
        }

        public static void await() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static final class BrokenLoader extends ClassLoader {

        @Override
        public String toString() {
            throw new IllegalStateException("never to be called");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("never to be called");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("never to be called");
        }
    }

    static final class NoDriver extends IdleDriver {}
}
