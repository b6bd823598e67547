package io.heapspec.corpus;

import io.heapspec.NoLeak;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Threads, executors, timers, futures and thread locals. */
@NoLeak
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadLocalUsage"}) // what leaking code does
class ThreadLeakTestCases {

    /** Never counted down. */
    private static final CountDownLatch FOREVER = new CountDownLatch(1);

    private static final ThreadFactory DAEMONS = work -> daemon(work, "worker");

    static class Job {
        final byte[] input = new byte[500];
        int steps;
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    static void waitForever() {
        try {
            FOREVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "Job"})
    void threadNeverEnds() {
        Job job = new Job();
        daemon(
                        () -> {
                            job.steps++;
                            waitForever();
                        },
                        "never-ending")
                .start();
    }

    @Test
    @Fixes("threadNeverEnds")
    void threadEndsByItself() {
        Job job = new Job();
        daemon(() -> job.steps++, "short-lived").start();
    }

    static class Worker extends Thread {
        final List<Job> jobs = new ArrayList<>(List.of(new Job(), new Job()));
        volatile boolean stopped;

        Worker() {
            super("own-worker");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (!stopped) {
                LockSupport.park();
            }
        }
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = "Worker")
    void ownThreadClassIsNeverStopped() {
        new Worker().start();
    }

    @Test
    @Fixes("ownThreadClassIsNeverStopped")
    void ownThreadClassIsStopped() {
        Worker worker = new Worker();
        worker.start();
        worker.stopped = true;
        LockSupport.unpark(worker);
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "ThreadPoolExecutor", "ThreadPoolExecutor$Worker"})
    void executorIsNeverShutDown() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(1, DAEMONS);
        Future<Integer> answer = executor.submit(() -> 42);
        answer.get();
    }

    @Test
    @Fixes("executorIsNeverShutDown")
    void executorIsShutDown() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(1, DAEMONS);
        Future<Integer> answer = executor.submit(() -> 42);
        answer.get();
        executor.shutdown();
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "ForkJoinWorkerThread", "ForkJoinPool", "ForkJoinPool$WorkQueue", "Job"})
    void ownForkJoinPoolRunsALongTask() {
        Job job = new Job();
        ForkJoinPool pool = new ForkJoinPool(1);
        pool.execute(() -> {
            waitForever();
            job.steps++;
        });
    }

    @Test
    @Fixes("ownForkJoinPoolRunsALongTask")
    void ownForkJoinPoolIsInterrupted() throws Exception {
        Job job = new Job();
        ForkJoinPool pool = new ForkJoinPool(1);
        pool.execute(() -> {
            waitForever();
            job.steps++;
        });
        pool.shutdownNow();
        pool.awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"TimerThread", "TaskQueue", "TimerTask"})
    void timerIsNeverCancelled() {
        Timer timer = new Timer("reminder", true);
        Job job = new Job();
        timer.schedule(task(job), TimeUnit.DAYS.toMillis(1));
    }

    @Test
    @Fixes("timerIsNeverCancelled")
    void timerIsCancelled() {
        Timer timer = new Timer("reminder", true);
        Job job = new Job();
        timer.schedule(task(job), TimeUnit.DAYS.toMillis(1));
        timer.cancel();
    }

    private static TimerTask task(Job job) {
        return new TimerTask() {
            @Override
            public void run() {
                job.steps++;
            }
        };
    }

    static class SharedTimer {
        static final Timer TIMER = new Timer("shared", true);
        static final ScheduledThreadPoolExecutor SCHEDULER = new ScheduledThreadPoolExecutor(1, DAEMONS);
        static final ScheduledThreadPoolExecutor REMOVING = new ScheduledThreadPoolExecutor(1, DAEMONS);

        static {
            REMOVING.setRemoveOnCancelPolicy(true);
            // The first in the queue wakes the thread, which may find it cancelled already, and drop it.
            TIMER.schedule(task(new Job()), TimeUnit.HOURS.toMillis(1));
        }
    }

    @Test
    @Leaks(
            root = {"SharedTimer.TIMER", "THREAD"},
            leaked = {"ThreadLeakTestCases$1", "TimerTask", "Job"})
    void cancelledTaskStaysInTheTimer() {
        TimerTask task = task(new Job());
        SharedTimer.TIMER.schedule(task, TimeUnit.DAYS.toMillis(1));
        task.cancel();
    }

    @Test
    @Fixes("cancelledTaskStaysInTheTimer")
    void cancelledTaskIsPurged() {
        TimerTask task = task(new Job());
        SharedTimer.TIMER.schedule(task, TimeUnit.DAYS.toMillis(1));
        task.cancel();
        SharedTimer.TIMER.purge();
    }

    @Test
    @Leaks(
            root = {"SharedTimer.SCHEDULER", "THREAD"},
            leaked = {"ScheduledFutureTask", "Lambda", "Job"})
    void cancelledTaskStaysInTheScheduler() {
        Job job = new Job();
        ScheduledFuture<?> future = SharedTimer.SCHEDULER.schedule(() -> job.steps++, 1, TimeUnit.DAYS);
        future.cancel(false);
    }

    @Test
    @Fixes("cancelledTaskStaysInTheScheduler")
    void cancelledTaskIsRemoved() {
        Job job = new Job();
        ScheduledFuture<?> future = SharedTimer.REMOVING.schedule(() -> job.steps++, 1, TimeUnit.DAYS);
        future.cancel(false);
    }

    @Test
    @Leaks(
            root = {"SharedTimer.SCHEDULER", "THREAD"},
            leaked = {"ScheduledFutureTask", "Lambda", "Job"})
    void periodicTaskIsNeverCancelled() {
        Job job = new Job();
        SharedTimer.SCHEDULER.scheduleAtFixedRate(() -> job.steps++, 1, 1, TimeUnit.HOURS);
    }

    @Test
    @Fixes("periodicTaskIsNeverCancelled")
    void periodicTaskIsCancelled() {
        Job job = new Job();
        SharedTimer.REMOVING
                .scheduleAtFixedRate(() -> job.steps++, 1, 1, TimeUnit.HOURS)
                .cancel(false);
    }

    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "ScheduledThreadPoolExecutor", "ThreadPoolExecutor$Worker"})
    void schedulerIsNeverShutDown() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(DAEMONS);
        scheduler.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    @Test
    @Fixes("schedulerIsNeverShutDown")
    void schedulerIsShutDown() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(DAEMONS);
        scheduler.schedule(() -> {}, 1, TimeUnit.DAYS);
        scheduler.shutdownNow();
    }

    static class Shared {
        static final ExecutorService POOL = Executors.newSingleThreadExecutor(DAEMONS);
        static final ThreadLocal<List<Job>> HISTORY = ThreadLocal.withInitial(ArrayList::new);
        static final ThreadLocal<List<Job>> OWN_HISTORY = ThreadLocal.withInitial(ArrayList::new);
    }

    @Test
    @Leaks(
            root = {"THREAD", "thread"},
            leaked = "Job")
    void threadLocalGrowsOnAPoolThread() throws Exception {
        Shared.POOL.submit(() -> Shared.HISTORY.get().add(new Job())).get();
    }

    @Test
    @Fixes("threadLocalGrowsOnAPoolThread")
    void threadLocalIsRemovedOnAPoolThread() throws Exception {
        Shared.POOL
                .submit(() -> {
                    Shared.HISTORY.get().add(new Job());
                    Shared.HISTORY.remove();
                })
                .get();
    }

    @Test
    @Leaks(
            root = {"THREAD", "thread"},
            leaked = "Job")
    void threadLocalGrowsOnTheTestThread() {
        Shared.OWN_HISTORY.get().add(new Job());
    }

    @Test
    @Fixes("threadLocalGrowsOnTheTestThread")
    void threadLocalIsRemovedOnTheTestThread() {
        Shared.OWN_HISTORY.get().add(new Job());
        Shared.OWN_HISTORY.remove();
    }

    static class Context {
        final ThreadLocal<Context> local = new ThreadLocal<>();
        final byte[] data = new byte[100];
    }

    /** The entry is weak in its key, but the value keeps the key. */
    @Test
    @Leaks(
            root = {"THREAD", "thread"},
            leaked = "Context")
    void threadLocalValueRefersToItsThreadLocal() {
        Context context = new Context();
        context.local.set(context);
    }

    @Test
    @Fixes("threadLocalValueRefersToItsThreadLocal")
    void threadLocalValueIsIndependent() {
        Context context = new Context();
        context.local.set(new Context());
    }

    static class Requests {
        static final CompletableFuture<String> NEVER = new CompletableFuture<>();
    }

    @Test
    @Leaks(
            root = "Requests.NEVER",
            leaked = {"CompletableFuture", "CompletableFuture$UniAccept", "CompletableFuture$UniApply", "Lambda", "Job"
            })
    void dependentOfAFutureThatNeverCompletes() {
        Job job = new Job();
        Requests.NEVER.thenAccept(answer -> job.steps++);
    }

    @Test
    @Fixes("dependentOfAFutureThatNeverCompletes")
    void dependentOfACompletedFuture() {
        Job job = new Job();
        CompletableFuture<String> request = new CompletableFuture<>();
        request.thenAccept(answer -> job.steps++);
        request.complete("yes");
    }

    @Test
    @Leaks(
            root = {"THREAD", "Delayer", "DelayScheduler", "ForkJoinPool", "SharedTimer"},
            leaked = {"ScheduledFutureTask", "ScheduledForkJoinTask", "Timeout", "CompletableFuture"})
    void futureWaitsForADistantTimeout() {
        new CompletableFuture<String>().orTimeout(1, TimeUnit.DAYS);
    }

    @Test
    @Fixes("futureWaitsForADistantTimeout")
    void futureCompletesBeforeItsTimeout() {
        CompletableFuture<String> future = new CompletableFuture<String>().orTimeout(1, TimeUnit.DAYS);
        future.complete("now");
    }

    @Test
    @Leaks(
            root = {"THREAD", "Delayer", "DelayScheduler", "ForkJoinPool"},
            leaked = {
                "ScheduledFutureTask",
                "ScheduledForkJoinTask",
                "DelayedExecutor",
                "TaskSubmitter",
                "Lambda",
                "Job"
            })
    void commonPoolTaskIsDelayedForADay() {
        Job job = new Job();
        CompletableFuture.delayedExecutor(1, TimeUnit.DAYS).execute(() -> job.steps++);
    }

    @Test
    @Fixes("commonPoolTaskIsDelayedForADay")
    void commonPoolTaskRunsAtOnce() throws ExecutionException, InterruptedException {
        Job job = new Job();
        CompletableFuture.runAsync(() -> job.steps++).get();
    }

    /** A task that waits for input keeps what it was given at the start. */
    @Test
    @Leaks(
            root = {"THREAD", "JAVA_FRAME"},
            leaked = {"Thread", "Job", "ThreadPoolExecutor$Worker"})
    void longRunningTaskCapturesItsInput() {
        Job job = new Job();
        ExecutorService executor = Executors.newCachedThreadPool(DAEMONS);
        executor.execute(() -> {
            waitForever();
            job.steps++;
        });
        executor.shutdown();
    }

    @Test
    @Fixes("longRunningTaskCapturesItsInput")
    void longRunningTaskIsInterrupted() {
        Job job = new Job();
        ExecutorService executor = Executors.newCachedThreadPool(DAEMONS);
        executor.execute(() -> {
            waitForever();
            job.steps++;
        });
        executor.shutdownNow();
    }

    static class Blocked {
        static final ExecutorService POOL = Executors.newSingleThreadExecutor(DAEMONS);

        static {
            POOL.execute(ThreadLeakTestCases::waitForever);
        }
    }

    @Test
    @Leaks(
            root = {"Blocked.POOL", "THREAD"},
            leaked = {"Lambda", "Job", "FutureTask"})
    void tasksQueueUpBehindAStuckOne() {
        Job job = new Job();
        Blocked.POOL.execute(() -> job.steps++);
    }

    @Test
    @Fixes("tasksQueueUpBehindAStuckOne")
    void tasksAreNotBehindAStuckOne() throws Exception {
        Job job = new Job();
        Shared.POOL.submit(() -> job.steps++).get();
    }

    /** Its groups are strong before JDK 19. */
    @Test
    @Leaks(
            root = {"THREAD", "JNI", "OTHER", "thread"},
            leaked = "ThreadGroup",
            untilJdk = 18)
    void threadGroupIsNeverDestroyed() {
        new ThreadGroup("per-request");
    }

    @Test
    @Fixes("threadGroupIsNeverDestroyed")
    @SuppressWarnings({"deprecation", "removal"})
    void threadGroupIsDestroyed() {
        new ThreadGroup("per-request").destroy();
    }
}
