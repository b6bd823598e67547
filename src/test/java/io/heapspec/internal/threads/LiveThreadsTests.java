package io.heapspec.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapspec.result.LeakedThread;
import io.heapspec.result.ThreadOwner;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("other tests start threads")
class LiveThreadsTests {

    private final StartedThreads scope = StartedThreads.fromNow();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        end.countDown();
    }

    @Test
    void seesNoThreadWhereNoneStarted() {
        assertThat(LiveThreads.of(scope)).isEqualTo(new Sighting(List.of(), null));
    }

    @Test
    void describesAThreadByWhatItIsDoing() throws InterruptedException {
        ThreadGroup group = new ThreadGroup("a group");
        Thread thread = new Thread(group, this::waitForTheEnd, "waits");
        thread.setDaemon(true);
        thread.start();
        await().pollInSameThread().until(() -> thread.getState() == Thread.State.WAITING);

        LeakedThread seen = onlyThread();
        assertThat(seen.name()).isEqualTo("waits");
        assertThat(seen.state()).isEqualTo("WAITING");
        assertThat(seen.daemon()).isTrue();
        assertThat(seen.virtual()).isFalse();
        assertThat(seen.group()).isEqualTo("a group");
        assertThat(seen.owner()).isEqualTo(ThreadOwner.NOBODY);
        assertThat(seen.inNative()).isFalse();
        assertThat(seen.stack())
                .anyMatch(frame -> frame.matches("io\\.heapspec\\.internal\\.threads\\.LiveThreadsTests"
                        + "\\.waitForTheEnd\\(LiveThreadsTests\\.java:\\d+\\)"))
                .last()
                .asString()
                .startsWith("java.lang.Thread.run(Thread.java:");

        end.countDown();
        thread.join();
        await().pollInSameThread()
                .untilAsserted(() -> assertThat(LiveThreads.of(scope).threads()).isEmpty());
    }

    @Test
    void tellsWhatAThreadWorksFor() {
        ExecutorService executor = Executors.newFixedThreadPool(1);
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
        ExecutorService forkJoin = new ForkJoinPool(1);
        Timer timer = new Timer("ticks");
        try {
            executor.execute(() -> {});
            scheduler.execute(() -> {});
            forkJoin.execute(() -> {});
            timer.schedule(task(), 0);

            await().pollInSameThread()
                    .untilAsserted(() -> assertThat(LiveThreads.of(scope).threads())
                            .extracting(LeakedThread::owner)
                            .containsExactlyInAnyOrder(
                                    ThreadOwner.EXECUTOR,
                                    ThreadOwner.SCHEDULER,
                                    ThreadOwner.FORK_JOIN_POOL,
                                    ThreadOwner.TIMER));
        } finally {
            executor.shutdownNow();
            scheduler.shutdownNow();
            forkJoin.shutdownNow();
            timer.cancel();
        }
    }

    @Test
    void blamesNobodyForThreadsThatServeTheWholeJvm() throws Exception {
        IntStream.range(0, 10_000).parallel().sum();
        CompletableFuture.supplyAsync(() -> 1).get();
        new CompletableFuture<Integer>()
                .completeOnTimeout(1, 1, TimeUnit.MILLISECONDS)
                .get();
        Cleaner.create();
        new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();

        await().pollInSameThread()
                .untilAsserted(() -> assertThat(LiveThreads.of(scope).threads()).isEmpty());
    }

    @Test
    void leavesOutWhatWasMadeDuringAPauseAndWhatWasReported() {
        start("before");
        scope.pause();
        start("paused");
        assertThat(names()).containsExactly("before");
        scope.resume();
        start("after");
        assertThat(names()).containsExactly("before", "after");
        scope.leaveOut(LiveThreads.of(scope).threads());
        assertThat(names()).isEmpty();
    }

    @Test
    void countsAThreadThatWasMadeBeforeAndStartedWithin() {
        Thread made = new Thread(this::waitForTheEnd, "made early");
        StartedThreads later = StartedThreads.fromNow();
        made.start();

        assertThat(LiveThreads.of(later).threads())
                .extracting(LeakedThread::name)
                .containsExactly("made early");
        assertThat(LiveThreads.of(StartedThreads.fromNow()).threads()).isEmpty();
    }

    @Test
    void findsTheYoungestOfThoseAlike() {
        start("alike");
        start("other");
        Thread youngest = start("alike");

        Optional<LeakedThread> found =
                LiveThreads.youngest(thread -> thread.getName().equals("alike"));

        assertThat(found).map(LeakedThread::id).contains(ThreadNumbers.of(youngest));
        assertThat(LiveThreads.youngest(thread -> false)).isEmpty();
    }

    @Test
    @SuppressWarnings({"deprecation", "removal"}) // what a test is for
    void asksNoThreadForWhatItsClassSays() {
        Thread odd = new Thread(this::waitForTheEnd, "odd") {
            @Override
            public long getId() {
                throw new AssertionError("called");
            }

            @Override
            public String toString() {
                throw new AssertionError("called");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new AssertionError("called");
            }

            @Override
            public State getState() {
                throw new AssertionError("called");
            }
        };
        odd.start();

        boolean numberIsFinal = Runtime.version().feature() >= 19;
        assertThat(names()).isEqualTo(numberIsFinal ? List.of("odd") : List.of());
    }

    @Test
    void keepsNoThread() {
        WeakReference<Thread> thread = new WeakReference<>(start("short"));
        LeakedThread seen = onlyThread();
        end.countDown();

        await().pollInSameThread().until(() -> {
            System.gc();
            return thread.refersTo(null);
        });
        assertThat(seen.name()).isEqualTo("short");
        assertThat(LiveThreads.of(scope).threads()).isEmpty();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void seesVirtualThreads() throws InterruptedException {
        Thread ended = Virtual.start(() -> {});
        ended.join();
        assertThat(names()).isEmpty();

        Virtual.start(this::waitForTheEnd);
        await().pollInSameThread()
                .untilAsserted(() -> assertThat(onlyThread().stack())
                        .anyMatch(frame -> frame.contains("LiveThreadsTests.waitForTheEnd")));
        LeakedThread seen = onlyThread();
        assertThat(seen.virtual()).isTrue();
        assertThat(seen.name()).isEmpty();
        assertThat(seen.state()).isEqualTo("WAITING");
        assertThat(LiveThreads.of(StartedThreads.fromNow()).threads()).isEmpty();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void isQuickWithTenThousandVirtualThreads() {
        for (int i = 0; i < 10_000; i++) {
            Virtual.start(this::waitForTheEnd);
        }
        long start = System.nanoTime();
        assertThat(LiveThreads.of(scope).threads()).hasSize(10_000);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(20);
    }

    private Thread start(String name) {
        Thread thread = new Thread(this::waitForTheEnd, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private List<String> names() {
        return LiveThreads.of(scope).threads().stream().map(LeakedThread::name).toList();
    }

    private LeakedThread onlyThread() {
        List<LeakedThread> threads = LiveThreads.of(scope).threads();
        assertThat(threads).hasSize(1);
        return threads.get(0);
    }

    private void waitForTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TimerTask task() {
        return new TimerTask() {
            @Override
            public void run() {}
        };
    }
}
