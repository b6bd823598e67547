package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/** Threads and cleaners that need a moment, and nothing more. */
@NoLeak
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadLocalUsage"}) // what careless, but clean code does
class ConcurrencyCleanTestCases {

    private static final LongAdder SINK = new LongAdder();

    static class Job {
        final byte[] data = new byte[1_000];
        int steps;
    }

    private static void take(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void threadLivesThreeHundredMillisLonger() {
        Job job = new Job();
        new Thread(() -> {
                    take(300);
                    job.steps++;
                })
                .start();
    }

    @Test
    void executorThreadsTakeThreeHundredMillisToDie() {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        for (int i = 0; i < 3; i++) {
            Job job = new Job();
            executor.execute(() -> {
                take(300);
                job.steps++;
            });
        }
        executor.shutdown();
    }

    @Test
    void cachedPoolThreadsAreIdleForAWhile() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        executor.submit(() -> SINK.increment()).get();
        executor.shutdown();
    }

    @Test
    void schedulerIsShutDownNow() {
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        scheduler.scheduleAtFixedRate(SINK::increment, 0, 5, TimeUnit.MILLISECONDS);
        scheduler.schedule(SINK::increment, 1, TimeUnit.DAYS);
        scheduler.shutdownNow();
    }

    @Test
    void timerIsCancelled() {
        Timer timer = new Timer("clean", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        SINK.increment();
                    }
                },
                5,
                5);
        take(20);
        timer.cancel();
    }

    /** A Timer that is dropped ends its thread when it is collected. */
    @Test
    void timerIsDropped() {
        Timer timer = new Timer("dropped", true);
        timer.purge();
    }

    @Test
    void futuresRunOnTheCommonPool() {
        SINK.add(CompletableFuture.supplyAsync(() -> new Job())
                .thenApplyAsync(job -> job.data.length)
                .thenCombine(CompletableFuture.supplyAsync(() -> 1), Integer::sum)
                .join());
    }

    static class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from < 10) {
                return to - from;
            }
            int middle = (from + to) / 2;
            Sum left = new Sum(from, middle);
            left.fork();
            return new Sum(middle, to).compute() + left.join();
        }
    }

    @Test
    void tasksForkOnTheCommonPool() {
        SINK.add(ForkJoinPool.commonPool().invoke(new Sum(0, 1_000)));
    }

    @Test
    void ownForkJoinPoolIsShutDown() {
        ForkJoinPool pool = new ForkJoinPool(2);
        SINK.add(pool.invoke(new Sum(0, 1_000)));
        pool.shutdown();
    }

    @Test
    void threadLocalOfADeadThread() throws Exception {
        ThreadLocal<Job> local = ThreadLocal.withInitial(Job::new);
        Thread thread = new Thread(() -> SINK.add(local.get().data.length));
        thread.start();
        thread.join();
    }

    /** The key is garbage, but its stale value stays in the table of the thread until a later set() meets it. */
    @Test
    void threadLocalIsDroppedWithoutRemove() {
        ThreadLocal<Job> local = new ThreadLocal<>();
        local.set(new Job());
    }

    @Test
    void threadLocalIsRemoved() {
        ThreadLocal<Job> local = ThreadLocal.withInitial(Job::new);
        SINK.add(local.get().data.length);
        local.remove();
    }

    private static final Cleaner CLEANER = Cleaner.create();

    @Test
    void cleanerRunsLater() {
        Job job = new Job();
        byte[] data = job.data;
        CLEANER.register(job, () -> SINK.add(data.length));
    }

    static class Finalized {
        final Job job = new Job();

        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            SINK.add(job.data.length);
        }
    }

    @Test
    void finalizerNeedsTwoCollections() {
        new Finalized();
    }

    static class FinalizedChain {
        final FinalizedChain next;

        FinalizedChain(FinalizedChain next) {
            this.next = next;
        }

        @Override
        @SuppressWarnings({"deprecation", "removal", "Finalize"})
        protected void finalize() {
            SINK.increment();
        }
    }

    @Test
    void finalizersAreChained() {
        new FinalizedChain(new FinalizedChain(new FinalizedChain(null)));
    }

    @Test
    void directBufferIsDropped() {
        SINK.add(ByteBuffer.allocateDirect(100_000).capacity());
    }

    @Test
    void locksAreContended() throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        CountDownLatch started = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            lock.readLock().lock();
            try {
                started.countDown();
            } finally {
                lock.readLock().unlock();
            }
        });
        reader.start();
        started.await();
        lock.writeLock().lock();
        try {
            SINK.increment();
        } finally {
            lock.writeLock().unlock();
        }
        reader.join();
    }

    static class Shared {
        static final ConcurrentHashMap<Integer, Job> JOBS = new ConcurrentHashMap<>();
        static final ExecutorService POOL = Executors.newFixedThreadPool(4, work -> {
            Thread thread = new Thread(work, "shared-pool");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The pool starts one more thread for each of the first four tasks. */
    @Test
    void sharedPoolStartsItsThreads() throws Exception {
        Shared.POOL.submit(() -> SINK.increment()).get();
    }

    @Test
    void mapIsUsedByManyThreads() throws Exception {
        CompletableFuture<?>[] all = new CompletableFuture<?>[8];
        for (int i = 0; i < all.length; i++) {
            int key = i;
            all[i] = CompletableFuture.runAsync(() -> Shared.JOBS.put(key, new Job()));
        }
        CompletableFuture.allOf(all).get();
        Shared.JOBS.clear();
    }

    @Test
    void shutdownHookComesAndGoes() {
        Thread hook = new Thread(SINK::increment);
        Runtime.getRuntime().addShutdownHook(hook);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    @Test
    void pluginIsLoadedAndDropped() {
        ((Runnable) PluginLoader.newPlugin()).run();
    }

    @Test
    void interruptedThreadDies() {
        Thread thread = new Thread(() -> take(60_000));
        thread.setDaemon(true);
        thread.start();
        thread.interrupt();
    }
}
