package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heapspec.result.CounterChange;
import io.heapspec.result.CounterSlopes;
import io.heapspec.result.CounterSnapshot;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RuntimeCountersTests {

    private static final int RUNS = 64;
    private static final int MIB = 1 << 20;

    @Test
    void seesWhatStaysOnTheHeap() {
        List<byte[]> kept = new ArrayList<>();
        CounterSnapshot before = RuntimeCounters.readAfterCollection();
        for (int run = 0; run < RUNS; run++) {
            kept.add(new byte[MIB]);
        }
        CounterChange change = RuntimeCounters.readAfterCollection().since(before);

        // Collectors with regions give each such array one or two of its own.
        assertThat(change.perRun(RUNS).heapBytes()).isBetween(0.9 * MIB, 2.2 * MIB);
        assertThat(change.collections()).isPositive();
        assertThat(change.isAfterCollections()).isTrue();
        assertThat(kept).hasSize(RUNS);
    }

    @Test
    void tellsWhatIsKeptFromWhatIsCollected() {
        CounterSnapshot before = RuntimeCounters.readAfterCollection();
        Sink.object = new byte[MIB];
        for (int run = 0; run < RUNS; run++) {
            Sink.object = new byte[MIB];
        }
        CounterChange change = RuntimeCounters.readAfterCollection().since(before);

        assertThat(change.allocatedBytes()).isGreaterThanOrEqualTo((long) RUNS * MIB);
        assertThat(change.collectedBytes()).isGreaterThanOrEqualTo((RUNS / 2L) * MIB);
        assertThat(change.collectedBytes() + change.heapBytes()).isEqualTo(change.allocatedBytes());
    }

    @Test
    void doesNotTakeGarbageForWhatIsAlive() {
        CounterChange change = RuntimeCounters.read().since(RuntimeCounters.read());

        assertThat(change.isAfterCollections()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(change::collectedBytes)
                .withMessageContaining("two snapshots that follow a collection");
    }

    @Test
    void countsThreads() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        CounterSnapshot before = RuntimeCounters.read();
        for (int i = 0; i < RUNS; i++) {
            Thread thread = new Thread(() -> await(end), "counted-" + i);
            thread.start();
            threads.add(thread);
        }
        CounterSlopes slopes = RuntimeCounters.read().since(before).perRun(RUNS);
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(slopes.threads()).isBetween(0.9, 1.1);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void countsBuffers() {
        CounterSnapshot before = RuntimeCounters.read();
        ByteBuffer buffer = ByteBuffer.allocateDirect(3 * MIB);
        CounterSnapshot after = RuntimeCounters.read();

        assertThat(after.since(before).bufferBytes()).isGreaterThanOrEqualTo(3 * MIB);
        assertThat(after.bufferCount()).isPositive();
        assertThat(buffer.capacity()).isEqualTo(3 * MIB);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void countsFileDescriptors(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        List<InputStream> open = new ArrayList<>();
        CounterSnapshot before = RuntimeCounters.read();
        for (int i = 0; i < RUNS; i++) {
            open.add(Files.newInputStream(file));
        }
        CounterSlopes slopes = RuntimeCounters.read().since(before).perRun(RUNS);
        for (InputStream stream : open) {
            stream.close();
        }

        assertThat(slopes.fileDescriptors()).isPresent();
        assertThat(slopes.fileDescriptors().getAsDouble()).isBetween(0.9, 1.1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsWhatIsInMemory() {
        long resident = RuntimeCounters.read().residentBytes().orElseThrow();

        assertThat(resident).isGreaterThan(RuntimeCounters.readAfterCollection().heapBytes());
    }

    @Test
    void refusesSlopesOfNoRun() {
        CounterChange change = RuntimeCounters.read().since(RuntimeCounters.read());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.perRun(0))
                .withMessage("runs = 0; allowed is 1 or more");
    }
}
