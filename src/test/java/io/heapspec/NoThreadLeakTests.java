package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heapspec.Kit.Outcome;
import io.heapspec.internal.threads.Virtual;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.AssertionFailedError;

@Isolated("other tests start threads")
@SuppressWarnings("FutureReturnValueIgnored") // what leaking code does
class NoThreadLeakTests {

    /** What ends, in the end, all that the test cases left. */
    private static final Queue<Runnable> ENDINGS = new ConcurrentLinkedQueue<>();

    @TempDir
    Path output;

    @AfterEach
    void endWhatWasLeft() {
        ENDINGS.forEach(Runnable::run);
        ENDINGS.clear();
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void accusesWhatIsLeftAndNothingElse() {
        Outcome outcome = run(PlatformTestCases.class);

        for (String leaking : List.of("executor", "scheduler", "forkJoinPool", "timer", "thread")) {
            assertThat(outcome.verdict(leaking)).as(leaking).isEqualTo("failed thread_leak");
            assertThat(outcome.failure(leaking)).isInstanceOf(AssertionFailedError.class);
        }
        assertThat(outcome.results())
                .filteredOn(result -> result.get("verdict").getAsString().equals("passed"))
                .hasSize(9)
                .allSatisfy(result ->
                        assertThat(result.get("reason").getAsString()).isIn("no_thread_left", "ended_by_collection"));
        assertThat(outcome.results()).hasSize(14);
        assertThat(owner(outcome, "executor")).isEqualTo("executor");
        assertThat(owner(outcome, "scheduler")).isEqualTo("scheduler");
        assertThat(owner(outcome, "forkJoinPool")).isEqualTo("fork_join_pool");
        assertThat(owner(outcome, "timer")).isEqualTo("timer");
        assertThat(owner(outcome, "thread")).isEqualTo("nobody");
    }

    @Test
    void accusesATaskThatStillRunsInTheCommonPool() throws IOException, InterruptedException {
        ChildJvm.Ended ended = new ChildJvm(output).run(BusyCommonPoolTestCases.class);

        assertThat(ended.verdict()).isEqualTo("failed thread_leak");
        assertThat(ended.text())
                .contains("A task still runs in the common pool: wait for it, or give it a way to stop.");
    }

    @Test
    void namesTheThreadWithItsStackAndWhatToDo() {
        Throwable failure = run(PlatformTestCases.class).failure("thread");

        assertThat(failure.getMessage())
                .startsWith("@NoThreadLeak: NoThreadLeakTests.PlatformTestCases.thread() leaves 1 thread. ")
                .contains("\n  \"forgotten\" (#", "), WAITING, daemon\n    at ")
                .contains("\n    at io.heapspec.NoThreadLeakTests.waitForever(NoThreadLeakTests.java:")
                .endsWith("\nA thread never ends: interrupt it, or give it a way to stop, and join it.");
        assertThat(failure.getStackTrace()).hasSize(1);
        assertThat(((AssertionFailedError) failure).getExpected().getStringRepresentation())
                .startsWith("threads left: none");
        assertThat(((AssertionFailedError) failure).getActual().getStringRepresentation())
                .startsWith("threads left: \"forgotten\" WAITING");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void accusesVirtualThreads() {
        Outcome outcome = run(VirtualTestCases.class);

        assertThat(outcome.verdict("left")).isEqualTo("failed thread_leak");
        assertThat(outcome.failure("left")).hasMessageContaining("  (no name) (#");
        assertThat(outcome.failure("left")).hasMessageContaining("virtual");
        assertThat(outcome.verdict("ended")).isEqualTo("passed no_thread_left");
        assertThat(outcome.verdict("endsSoon")).isEqualTo("passed no_thread_left");
        assertThat(outcome.verdict("allowed")).isEqualTo("passed no_thread_left");
    }

    @Tag(Kit.OF_JUNIT)
    @Test
    void checksAClassOnceAfterAllOfIt() {
        Outcome outcome = run(LeakingClassTestCases.class);

        assertThat(outcome.results()).hasSize(1);
        JsonObject result = outcome.results().get(0);
        assertThat(result.get("test").getAsString()).isEqualTo("NoThreadLeakTests.LeakingClassTestCases");
        assertThat(result.get("reason").getAsString()).isEqualTo("thread_leak");
        assertThat(outcome.events().testEvents().succeeded().count()).isEqualTo(3);
        assertThat(containerFailure(outcome, LeakingClassTestCases.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("@NoThreadLeak: NoThreadLeakTests.LeakingClassTestCases leaves 2 threads. ")
                .hasMessageContaining("\"of a test\"")
                .hasMessageContaining("\"of a nested test\"");
        assertThat(outcome.events().allEvents().reportingEntryPublished().count())
                .isEqualTo(1);
    }

    @Tag(Kit.OF_JUNIT)
    @ParameterizedTest
    @ValueSource(classes = {TidyClassTestCases.class, SharedInstanceTestCases.class, LateExtensionTestCases.class})
    void acquitsAClassThatEndsItsThreadsAtItsEnd(Class<?> testCases) {
        Outcome outcome = run(testCases);

        assertThat(outcome.results())
                .extracting(result -> result.get("reason").getAsString())
                .containsExactly("no_thread_left");
        assertThat(outcome.events().allEvents().failed().count()).isZero();
    }

    @Test
    void checksAClassWhoseTestsFail() {
        Outcome outcome = run(FailingClassTestCases.class);

        assertThat(outcome.events().testEvents().failed().count()).isEqualTo(1);
        assertThat(containerFailure(outcome, FailingClassTestCases.class))
                .hasMessageContaining("\"left by a failing test\"");
    }

    @Test
    void keepsTheFailureOfATestAndAddsItsOwn() {
        Throwable failure = run(FailingTestCases.class).failure("failsAndLeaks");

        assertThat(failure).hasMessage("by itself");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("FailingTestCases.failsAndLeaks() leaves 1 thread");
    }

    @Test
    void accusesInnerScopesOnly() {
        Outcome outcome = run(ScopesInEachOtherTestCases.class);

        assertThat(outcome.verdict("leaksByItself")).isEqualTo("failed thread_leak");
        assertThat(outcome.results()).hasSize(2);
        assertThat(outcome.results().get(1).get("reason").getAsString()).isEqualTo("no_thread_left");
    }

    @Test
    void isInheritedAndWorksAsMetaAnnotation() {
        assertThat(run(InheritingTestCases.class).results())
                .extracting(result -> result.get("reason").getAsString())
                .containsExactly("thread_leak");
        assertThat(new Kit(output.resolve("meta")).run(MetaTestCases.class).verdict("leaks"))
                .isEqualTo("failed thread_leak");
    }

    @Test
    void judgesEachInvocation() {
        Outcome outcome = run(InvocationsTestCases.class);

        assertThat(outcome.results())
                .extracting(result -> result.get("test").getAsString() + " "
                        + result.get("reason").getAsString())
                .containsExactly(
                        "NoThreadLeakTests.InvocationsTestCases.closesItsArgument()[#1] no_thread_left",
                        "NoThreadLeakTests.InvocationsTestCases.leaksOnce()[#1] no_thread_left",
                        "NoThreadLeakTests.InvocationsTestCases.leaksOnce()[#2] thread_leak",
                        "NoThreadLeakTests.InvocationsTestCases.leaksOnce()[#3] no_thread_left");
    }

    @Test
    void allowsWholeNames() {
        Outcome outcome = new Kit(output)
                .with(Configuration.THREADS_ALLOW_PROPERTY_NAME, "configured-*, other")
                .run(AllowingTestCases.class);

        assertThat(outcome.verdict("exactName")).isEqualTo("passed no_thread_left");
        assertThat(outcome.result("exactName").getAsJsonArray("allowed").toString())
                .isEqualTo("[\"refresher\"]");
        assertThat(outcome.verdict("pattern")).isEqualTo("passed no_thread_left");
        assertThat(outcome.verdict("partOfAName")).isEqualTo("failed thread_leak");
        assertThat(outcome.verdict("configuredName")).isEqualTo("passed no_thread_left");
    }

    @Test
    void lingersAsLongAsItIsTold() {
        Outcome outcome = new Kit(output)
                .with(Configuration.THREADS_LINGER_PROPERTY_NAME, "20 s")
                .run(LingeringTestCases.class);

        assertThat(outcome.verdict("endsWithin")).isEqualTo("passed no_thread_left");
        assertThat(outcome.result("endsWithin").get("judgeMillis").getAsDouble())
                .isLessThan(15_000);
        assertThat(outcome.verdict("endsTooLate")).isEqualTo("failed thread_leak");
    }

    @Test
    void failsForExceptionsThatNobodyCaught() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Outcome outcome = run(UncaughtTestCases.class);

        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
        assertThat(outcome.verdict("dies")).isEqualTo("failed uncaught_exception");
        assertThat(outcome.failure("dies"))
                .hasNoCause()
                .hasMessageStartingWith("@NoThreadLeak: NoThreadLeakTests.UncaughtTestCases.dies(): "
                        + "1 thread died of an exception that nobody caught.\n"
                        + "  \"doomed\" by java.lang.IllegalStateException: no room\n"
                        + "    at io.heapspec.NoThreadLeakTests");
        assertThat(outcome.verdict("mayDie")).isEqualTo("passed no_thread_left");
        assertThat(outcome.verdict("isCaught")).isEqualTo("passed no_thread_left");
        assertThat(outcome.verdict("isInItsFuture")).isEqualTo("passed no_thread_left");
    }

    @Test
    void doesNotHangOnThreadsThatRefuseToEnd() {
        Outcome outcome = run(StubbornTestCases.class);

        assertThat(outcome.verdict("ignoresInterrupts")).isEqualTo("failed thread_leak");
        assertThat(outcome.verdict("isBlockedInNativeCode")).isEqualTo("failed thread_leak");
        assertThat(outcome.failure("isBlockedInNativeCode"))
                .hasMessageContaining("RUNNABLE in native code")
                .hasMessageEndingWith(
                        "A thread is in native code, where an interrupt does not reach it: close what it reads from, or waits for.");
        assertThat(outcome.verdict("leavesItsOwnThreadInterrupted")).isEqualTo("failed thread_leak");
    }

    @Test
    void capsAMessageAboutThousandsOfThreads() {
        Throwable failure = run(ManyThreadsTestCases.class).failure("startsTwoThousand");

        assertThat(failure.getMessage().lines().count()).isLessThan(50);
        assertThat(failure)
                .hasMessageContaining(" leaves 2,000 threads. ")
                .hasMessageContaining("\n  ... and 1,995 more threads in the results file");
        assertThat(((AssertionFailedError) failure).getActual().getStringRepresentation())
                .hasSizeLessThan(10_000);
    }

    static List<Arguments> misuse() {
        return List.of(
                Arguments.of(
                        BadLingerTestCases.class,
                        "wrongUnit",
                        "linger = \"1 hour\" is not a duration; write a number and one of ms, s, min"),
                Arguments.of(
                        BadAllowTestCases.class,
                        "allowsAll",
                        "allow = \"*\" allows every thread; write a name, or a part of it with *, as in pool-*"));
    }

    @ParameterizedTest
    @MethodSource("misuse")
    void refusesWhatMakesNoSense(Class<?> testCases, String method, String message) {
        assertThat(run(testCases).failure(method))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("@NoThreadLeak on void io.heapspec.NoThreadLeakTests$")
                .hasMessageEndingWith(": " + message);
    }

    @Test
    void refusesConfigurationThatMakesNoSense() {
        assertThat(new Kit(output)
                        .with(Configuration.THREADS_ALLOW_PROPERTY_NAME, "**")
                        .run(MetaTestCases.class)
                        .failure("leaks"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("configuration parameter heapspec.threads.allow: \"**\" allows every thread");
    }

    @Test
    void runsApartFromNeighboursInParallel() {
        Outcome outcome = new Kit(output)
                .with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .run(
                        NeighbourTestCases.class,
                        OtherNeighbourTestCases.class,
                        ParallelClassTestCases.class,
                        PlatformTestCases.class);

        assertThat(outcome.verdict("endsItsThread")).isEqualTo("passed no_thread_left");
        assertThat(outcome.results())
                .filteredOn(result -> result.get("test").getAsString().endsWith("ParallelClassTestCases"))
                .extracting(result -> result.get("reason").getAsString())
                .containsExactly("no_thread_left");
        assertThat(outcome.results())
                .filteredOn(result -> result.get("reason").getAsString().equals("thread_leak"))
                .hasSize(5);
    }

    @Test
    void leavesOutWhatRepetitionsOfATestLeave() {
        Outcome outcome = run(RepeatedForLeakTestCases.class);

        JsonObject ofThreads = outcome.results().stream()
                .filter(result -> result.get("promise").getAsString().equals("noThreadLeak"))
                .filter(result -> result.get("test").getAsString().contains("leaksAThread"))
                .findFirst()
                .orElseThrow();
        assertThat(ofThreads.get("threadsLeft").getAsInt()).isEqualTo(1);
        assertThat(outcome.results()).hasSize(3);
        assertThat(outcome.results().get(2).get("reason").getAsString()).isEqualTo("no_thread_left");
    }

    private Outcome run(Class<?> testCases) {
        return new Kit(output)
                .with(Configuration.THREADS_LINGER_PROPERTY_NAME, "1 s")
                .run(testCases);
    }

    private static String owner(Outcome outcome, String method) {
        return outcome.result(method)
                .getAsJsonArray("threads")
                .get(0)
                .getAsJsonObject()
                .get("owner")
                .getAsString();
    }

    private static Throwable containerFailure(Outcome outcome, Class<?> testClass) {
        return outcome.events().containerEvents().finished().stream()
                .filter(event -> event.getTestDescriptor()
                        .getUniqueId()
                        .getLastSegment()
                        .getValue()
                        .equals(testClass.getName()))
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow();
    }

    static Thread leave(String name) {
        Thread thread = new Thread(NoThreadLeakTests::waitForever, name);
        thread.setDaemon(true);
        thread.start();
        ENDINGS.add(thread::interrupt);
        return thread;
    }

    static void waitForever() {
        while (!Thread.interrupted()) {
            LockSupport.park();
        }
    }

    static TimerTask doNothing() {
        return new TimerTask() {
            @Override
            public void run() {}
        };
    }

    static class PlatformTestCases {

        @Test
        @NoThreadLeak
        void executor() {
            ExecutorService executor = Executors.newFixedThreadPool(1);
            executor.submit(() -> {});
            ENDINGS.add(executor::shutdownNow);
        }

        @Test
        @NoThreadLeak
        void executorShutDown() {
            ExecutorService executor = Executors.newFixedThreadPool(1);
            executor.submit(() -> {});
            executor.shutdown();
        }

        @Test
        @NoThreadLeak
        void scheduler() {
            ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
            scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
            ENDINGS.add(scheduler::shutdownNow);
        }

        @Test
        @NoThreadLeak
        void schedulerShutDown() {
            ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
            scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
            scheduler.shutdownNow();
        }

        @Test
        @NoThreadLeak
        void forkJoinPool() {
            ForkJoinPool pool = new ForkJoinPool(1);
            pool.submit(() -> {});
            ENDINGS.add(pool::shutdownNow);
        }

        @Test
        @NoThreadLeak
        void forkJoinPoolShutDown() {
            ForkJoinPool pool = new ForkJoinPool(1);
            pool.submit(() -> {});
            pool.shutdown();
        }

        @Test
        @NoThreadLeak
        void timer() {
            Timer timer = new Timer();
            timer.schedule(doNothing(), TimeUnit.HOURS.toMillis(1));
            ENDINGS.add(timer::cancel);
        }

        @Test
        @NoThreadLeak
        void timerCancelled() {
            Timer timer = new Timer();
            timer.schedule(doNothing(), TimeUnit.HOURS.toMillis(1));
            timer.cancel();
        }

        @Test
        @NoThreadLeak
        void thread() {
            leave("forgotten");
        }

        @Test
        @NoThreadLeak
        void threadJoined() throws InterruptedException {
            Thread thread = leave("joined");
            thread.interrupt();
            thread.join();
        }

        @Test
        @NoThreadLeak
        void threadThatEndsSoon() {
            Thread thread = new Thread(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)));
            thread.start();
        }

        @Test
        @NoThreadLeak
        void commonPool() throws Exception {
            IntStream.range(0, 100_000).parallel().sum();
            CompletableFuture.supplyAsync(() -> 1).get();
            ForkJoinPool.commonPool().submit(() -> 1).get();
        }

        @Test
        @NoThreadLeak
        void httpClientThatNobodyRefersTo() {
            HttpClient.newHttpClient().version();
        }

        @Test
        @NoThreadLeak
        void noThreadAtAll() {}
    }

    /** In a JVM of its own: on a small machine the common pool has one worker, which others wait for, and which may have been there before. */
    static class BusyCommonPoolTestCases {

        @Test
        @NoThreadLeak
        void busyCommonPool() {
            CountDownLatch end = new CountDownLatch(1);
            ENDINGS.add(end::countDown);
            ForkJoinPool.commonPool().execute(() -> {
                boolean done = false;
                while (!done) {
                    try {
                        end.await();
                        done = true;
                    } catch (InterruptedException again) {
                        // Workers of the pool are not interrupted.
                    }
                }
            });
        }
    }

    static class VirtualTestCases {

        @Test
        @NoThreadLeak
        void left() {
            ENDINGS.add(Virtual.start(NoThreadLeakTests::waitForever)::interrupt);
        }

        @Test
        @NoThreadLeak
        void ended() throws InterruptedException {
            Virtual.start(() -> {}).join();
        }

        @Test
        @NoThreadLeak
        void endsSoon() {
            Virtual.start(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)));
        }

        @Test
        @NoThreadLeak(allow = "")
        void allowed() {
            left();
        }
    }

    @NoThreadLeak
    static class LeakingClassTestCases {

        @BeforeAll
        static void startAndStop() throws InterruptedException {
            Thread thread = leave("of the class");
            thread.interrupt();
            thread.join();
        }

        @Test
        void leaks() {
            leave("of a test");
        }

        @Test
        void isClean() {}

        @Nested
        class Inner {

            @Test
            void leaksInside() {
                leave("of a nested test");
            }
        }
    }

    @NoThreadLeak
    static class TidyClassTestCases {

        private static ExecutorService executor;

        @BeforeAll
        static void open() {
            executor = Executors.newFixedThreadPool(2);
            executor.submit(() -> {});
        }

        @Test
        void uses() {
            executor.submit(() -> {});
        }

        @AfterAll
        static void close() {
            executor.shutdown();
        }
    }

    @NoThreadLeak
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class SharedInstanceTestCases {

        private final ExecutorService executor = Executors.newFixedThreadPool(2);

        @Test
        void uses() {
            executor.submit(() -> {});
        }

        @AfterAll
        void close() {
            executor.shutdown();
        }
    }

    /** Registered before the annotation, and so asked after all that came later. */
    static final class StopsLate implements AfterAllCallback {

        static volatile Thread started;

        @Override
        public void afterAll(ExtensionContext context) {
            started.interrupt();
        }
    }

    @ExtendWith(StopsLate.class)
    @NoThreadLeak
    static class LateExtensionTestCases {

        @Test
        void starts() {
            StopsLate.started = leave("stopped by an extension");
        }
    }

    @NoThreadLeak
    static class FailingClassTestCases {

        @Test
        void fails() {
            leave("left by a failing test");
            throw new IllegalStateException("by itself");
        }
    }

    static class FailingTestCases {

        @Test
        @NoThreadLeak
        void failsAndLeaks() {
            leave("left");
            throw new IllegalStateException("by itself");
        }
    }

    @NoThreadLeak
    static class ScopesInEachOtherTestCases {

        @Test
        @NoThreadLeak
        void leaksByItself() {
            leave("reported once");
        }
    }

    @NoThreadLeak
    abstract static class Base {}

    static class InheritingTestCases extends Base {

        @Test
        void leaks() {
            leave("inherited");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @NoThreadLeak(linger = "100 ms")
    @interface EndsItsThreads {}

    static class MetaTestCases {

        @Test
        @EndsItsThreads
        void leaks() {
            leave("meta");
        }
    }

    static final class Pool implements AutoCloseable {

        private final ExecutorService executor = Executors.newFixedThreadPool(1);

        @Override
        public void close() {
            executor.shutdown();
        }
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class InvocationsTestCases {

        static List<IntFunction<Pool>> pools() {
            return List.of(number -> new Pool());
        }

        @ParameterizedTest
        @MethodSource("pools")
        @NoThreadLeak
        void closesItsArgument(IntFunction<Pool> pools) {
            try (Pool pool = pools.apply(1)) {
                pool.executor.submit(() -> {});
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        @NoThreadLeak
        void leaksOnce(int number) {
            if (number == 2) {
                leave("of the second");
            }
        }
    }

    static class AllowingTestCases {

        @Test
        @NoThreadLeak(allow = "refresher")
        void exactName() {
            leave("refresher");
        }

        @Test
        @NoThreadLeak(allow = "pool-*-thread-*", linger = "0 s")
        void pattern() {
            leave("pool-1-thread-1");
        }

        @Test
        @NoThreadLeak(allow = "refresher", linger = "100 ms")
        void partOfAName() {
            leave("refresher-2");
        }

        @Test
        @NoThreadLeak
        void configuredName() {
            leave("configured-1");
        }
    }

    static class LingeringTestCases {

        @Test
        @NoThreadLeak
        void endsWithin() {
            new Thread(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_500))).start();
        }

        @Test
        @NoThreadLeak(linger = "20 ms")
        void endsTooLate() {
            leave("ends too late");
        }
    }

    static class UncaughtTestCases {

        @Test
        @NoThreadLeak
        void dies() {
            die();
        }

        @Test
        @NoThreadLeak(failOnUncaught = false)
        void mayDie() {
            die();
        }

        @Test
        @NoThreadLeak
        void isCaught() {
            Thread thread = new Thread(UncaughtTestCases::fail);
            thread.setUncaughtExceptionHandler((dead, exception) -> {});
            thread.start();
        }

        @Test
        @NoThreadLeak
        void isInItsFuture() {
            ExecutorService executor = Executors.newFixedThreadPool(1);
            executor.submit(UncaughtTestCases::fail);
            executor.shutdown();
        }

        private static void die() {
            new Thread(UncaughtTestCases::fail, "doomed").start();
        }

        private static void fail() {
            throw new IllegalStateException("no room");
        }
    }

    static class StubbornTestCases {

        @Test
        @NoThreadLeak(linger = "100 ms")
        void ignoresInterrupts() {
            CountDownLatch end = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                while (end.getCount() > 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            });
            thread.start();
            thread.interrupt();
            ENDINGS.add(end::countDown);
        }

        @Test
        @NoThreadLeak(linger = "100 ms")
        @SuppressWarnings("EmptyCatch") // closing it is what ends the thread
        void isBlockedInNativeCode() throws Exception {
            ServerSocket server = new ServerSocket(0);
            Thread thread = new Thread(() -> {
                try {
                    server.accept();
                } catch (IOException closed) {
                }
            });
            thread.start();
            ENDINGS.add(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Test
        @NoThreadLeak(linger = "100 ms")
        void leavesItsOwnThreadInterrupted() {
            leave("left");
            Thread.currentThread().interrupt();
        }
    }

    static class ManyThreadsTestCases {

        @Test
        @NoThreadLeak(linger = "100 ms")
        void startsTwoThousand() {
            for (int i = 0; i < 2_000; i++) {
                Thread thread = new Thread(null, NoThreadLeakTests::waitForever, "one of many " + i, 128 * 1024);
                thread.setDaemon(true);
                thread.start();
                ENDINGS.add(thread::interrupt);
            }
        }
    }

    static class BadLingerTestCases {

        @Test
        @NoThreadLeak(linger = "1 hour")
        void wrongUnit() {}
    }

    static class BadAllowTestCases {

        @Test
        @NoThreadLeak(allow = {"fine", "*"})
        void allowsAll() {}
    }

    static class NeighbourTestCases {

        @Test
        void first() {
            leave("of a neighbour");
        }

        @Test
        void second() throws InterruptedException {
            Thread thread = leave("of a neighbour, too");
            thread.join(20);
        }
    }

    static class OtherNeighbourTestCases extends NeighbourTestCases {

        @Test
        @NoThreadLeak
        void endsItsThread() throws InterruptedException {
            Thread thread = leave("ended");
            thread.interrupt();
            thread.join();
        }
    }

    @NoThreadLeak
    static class ParallelClassTestCases {

        @Test
        void one() {}

        @Test
        void two() throws InterruptedException {
            Thread thread = leave("ended");
            thread.join(20);
            thread.interrupt();
            thread.join();
        }
    }

    @NoThreadLeak
    static class RepeatedForLeakTestCases {

        @Test
        @NoThreadLeak
        @NoLeak(budget = "5 s")
        void leaksAThread() {
            leave("with every run");
        }
    }
}
