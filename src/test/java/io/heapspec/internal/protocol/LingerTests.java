package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.counters.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LingerTests {

    private final List<Thread> threads = new ArrayList<>();

    @Test
    void doesNotWaitWhereNoThreadIsLeft() {
        long start = System.nanoTime();
        new Linger(Counters.liveThreads() + 1).untilThreadsEnded(10);

        assertThat(millisSince(start)).isLessThan(500);
    }

    @Test
    void waitsForThreadsThatEndOneSecondLater() throws Exception {
        int before = Counters.liveThreads();
        start(4, new CountDownLatch(1), 1_000);
        new Linger(before).untilThreadsEnded(4);

        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    void doesNotWaitForeverForThreadsThatStay() throws Exception {
        int before = Counters.liveThreads();
        CountDownLatch end = new CountDownLatch(1);
        start(1, end, 60_000);
        try {
            long start = System.nanoTime();
            new Linger(before).untilThreadsEnded(30);

            assertThat(millisSince(start)).isBetween(500L, 3_000L);
        } finally {
            endAll(end);
        }
    }

    @Test
    void waitsLongForThreadsThatStayOnlyOnce() throws Exception {
        int before = Counters.liveThreads();
        CountDownLatch end = new CountDownLatch(1);
        start(4, end, 60_000);
        try {
            Linger linger = new Linger(before);
            long start = System.nanoTime();
            linger.untilThreadsEnded(4);
            assertThat(millisSince(start)).isGreaterThan(3_000L);

            start = System.nanoTime();
            linger.untilThreadsEnded(4);
            assertThat(millisSince(start)).isBetween(500L, 3_000L);
        } finally {
            endAll(end);
        }
    }

    @Test
    void waitsLongAgainWhenSomeHaveEnded() throws Exception {
        int before = Counters.liveThreads();
        CountDownLatch end = new CountDownLatch(1);
        start(4, end, 5_000);
        Linger linger = new Linger(before);
        linger.untilThreadsEnded(4);
        endAll(end);
        start(4, new CountDownLatch(1), 1_000);
        linger.untilThreadsEnded(4);

        assertThat(threads).noneMatch(Thread::isAlive);
    }

    private void endAll(CountDownLatch end) throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void start(int count, CountDownLatch end, long atMostMillis) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
                while (end.getCount() > 0 && System.nanoTime() < deadline) {
                    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(10));
                }
            });
            thread.start();
            threads.add(thread);
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
