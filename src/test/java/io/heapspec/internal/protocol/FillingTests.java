package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.Collector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FillingTests {

    private static final int LEAST = 64;
    private static final long MAY_RETAIN = 16 << 20;
    private static final ClassTable CLASSES = new ClassTable();
    private static final LiveSet LIVE_SET = new JvmLiveSet(new Histograms(CLASSES), CLASSES, new Collector());

    private int lifeCycles;
    private byte @Nullable [] garbage;
    private int bodies;

    @Test
    void runsAFastBodyManyTimes() throws Exception {
        assertThat(fill(() -> bodies++, 3_000)).isEqualTo(bodies).isEqualTo(3_000);
        assertThat(lifeCycles).isZero();
    }

    @Test
    void runsNoMoreThanIsAffordable() throws Exception {
        assertThat(fill(() -> bodies++, 100)).isEqualTo(bodies).isEqualTo(100);
    }

    @Test
    void leavesABodyAloneThatIsTooSlowToFillAnything() throws Exception {
        fill(
                () -> {
                    bodies++;
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
                    while (System.nanoTime() < end) {
                        LockSupport.parkNanos(end - System.nanoTime());
                    }
                },
                1_000);

        assertThat(bodies).isLessThan(LEAST / 4);
    }

    @Test
    void repeatsTheLifeCycleAFewTimesWhereTheBodyCannotBeRunAlone() throws Exception {
        int runs = fill(
                () -> {
                    throw new RepetitionFailedException("its port is closed");
                },
                1_000);

        assertThat(runs).isEqualTo(lifeCycles).isBetween(1, LEAST / 4);
    }

    /** In the field of a test, which a whole life cycle would have lost. */
    @Test
    void endsBeforeWhatTheBodyKeepsFillsTheHeap() throws Exception {
        List<byte[]> kept = new ArrayList<>();

        fill(() -> kept.add(new byte[1 << 18]), 1_000);

        assertThat(kept.size()).isBetween(64, 256);
    }

    @Test
    void goesOnWhereTheBodyLeavesGarbage() throws Exception {
        assertThat(fill(() -> garbage = new byte[1 << 18], 300)).isEqualTo(300);
    }

    @Test
    void endsBeforeThreadsBecomeScarce() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        try {
            fill(() -> started.add(startedThread(end)), 1_000);

            assertThat(started).hasSizeLessThan(LEAST);
        } finally {
            end.countDown();
            for (Thread thread : started) {
                thread.join();
            }
        }
    }

    private static Thread startedThread(CountDownLatch end) {
        Thread thread = new Thread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        return thread;
    }

    private int fill(Repetition body, int most) throws Exception {
        RepeatableTest test = new RepeatableTest() {
            @Override
            public Class<?> code() {
                return FillingTests.class;
            }

            @Override
            public java.util.Set<java.lang.reflect.Executable> entries() {
                return java.util.Set.of();
            }

            @Override
            public Repetition repetition() {
                return () -> lifeCycles++;
            }

            @Override
            public Repetition body() {
                return body;
            }

            @Override
            public void restore() {}
        };
        try (Repeater repeater = new Repeater(test.repetition(), Duration.ofSeconds(10), Duration.ofSeconds(60))) {
            // As after a count, which it always follows.
            LIVE_SET.collect();
            int runs = new Filling(repeater, test, LIVE_SET).run(LEAST, most, MAY_RETAIN);
            assertThat(repeater.runs()).isEqualTo(runs);
            return runs;
        }
    }
}
