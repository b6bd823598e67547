package io.heapspec.internal.protocol;

import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.trace.FlightRecording;
import io.heapspec.internal.trace.PauseTrace;
import io.heapspec.internal.trace.TraceUnavailableException;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures how often, and how long, the garbage collector pauses a test.
 *
 * <p>Two witnesses are asked: the trace has every pause with its length and cause, the JVM's counters how many there were. Before the body runs, a collection is
 * forced: with that the young generation is empty, and whether the body is paused depends on what it allocates, not on what the tests before it did.
 *
 * <p>Flight Recorder gets the pauses of a collection when that ends, which one that marks concurrently may do long after. So where the counters have seen
 * one, another collection is forced after the body: once the trace has that, it has all before.
 *
 * <p>Not thread-safe: pauses are those of the whole JVM, so nothing may run beside a test.
 */
public final class PauseProtocol {

    private static final System.Logger LOGGER = System.getLogger(PauseProtocol.class.getName());
    /** Threads of the collector report a collection just after they have let the others go on. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final Duration POLLING = Duration.ofMillis(20);

    private final Collector collector = new Collector();
    private final Path folder;
    private @Nullable PauseReading reading;

    /** @param folder for recordings, each deleted after reading */
    public PauseProtocol(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs a body and watches the collector meanwhile. A thread that the body leaves interrupted stays so.
     *
     * @throws Throwable what the body throws; then there is nothing to judge
     */
    public void measure(Body body) throws Throwable {
        reading = null;
        FlightRecording recording;
        try {
            recording = FlightRecording.startOnly(PauseTrace.SETTINGS);
        } catch (TraceUnavailableException e) {
            reading = counted(body, () -> {}).untraced(String.valueOf(e.getMessage()));
            return;
        }
        try (recording) {
            PauseReading counted = counted(body, FlightRecording::mark);
            boolean interrupted = Thread.interrupted();
            try {
                reading = traced(recording, counted);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Runs the body between two marks. */
    private PauseReading counted(Body body, Runnable mark) throws Throwable {
        collect();
        long allocatedBefore = Counters.allocatedByThisThread();
        mark.run();
        long before = Counters.pauses();
        body.run();
        long pauses = Counters.pauses() - before;
        mark.run();
        return PauseReading.ofCounters(pauses, Counters.allocatedByThisThread() - allocatedBefore);
    }

    private void collect() {
        try {
            collector.collect();
        } catch (CollectionNotConfirmedException e) {
            LOGGER.log(Level.DEBUG, "no collection can be forced here", e);
        }
    }

    private PauseReading traced(FlightRecording recording, PauseReading counted) {
        try {
            if (counted.counted() > 0) {
                collect();
            }
            PauseTrace trace = read(recording);
            long deadline = System.nanoTime() + LATE.toNanos();
            while (counted.counted() > 0 && !trace.hasAllUpToALaterOne() && System.nanoTime() < deadline) {
                Thread.sleep(POLLING.toMillis());
                trace = read(recording);
            }
            return counted.with(trace);
        } catch (TraceUnavailableException e) {
            return counted.untraced(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return counted.untraced("the test's thread was interrupted");
        }
    }

    private PauseTrace read(FlightRecording recording) throws TraceUnavailableException {
        return new PauseTrace(recording.events(PauseTrace.SETTINGS::has, folder));
    }

    /** Returns the verdict on the body that was measured last; null if there is none, or it failed. */
    public @Nullable PauseJudgement judge(PauseLimit limit) {
        PauseReading known = reading;
        return known == null ? null : new PauseCheck(limit).judge(known);
    }

    /** What is measured. */
    @FunctionalInterface
    public interface Body {
        /** Runs it. */
        void run() throws Throwable;
    }
}
