package io.heapspec.bench;

import io.heapspec.NoLeak;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that leak, and take 10 ms by themselves. */
class LeakingTestCases {

    private static final List<byte[]> KEPT = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @NoLeak
    void keepsABuffer(int number) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
        KEPT.add(new byte[number]);
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
