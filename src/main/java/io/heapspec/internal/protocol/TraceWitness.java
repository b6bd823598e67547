package io.heapspec.internal.protocol;

import io.heapspec.internal.gc.CollectionNotConfirmedException;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.trace.FlightRecording;
import io.heapspec.internal.trace.LeakTrace;
import io.heapspec.internal.trace.TraceUnavailableException;
import io.heapspec.internal.util.NeutralThread;
import io.heapspec.result.TraceEvent;
import io.heapspec.result.TraceFindings;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The second witness, of what happens in time: repeats the test while Flight Recorder records, and reads what it saw. Only ever asked for a leak that is
 * confirmed, after all dumps are written, so that what Flight Recorder has on the heap is no growth.
 *
 * <p>Not thread-safe.
 */
final class TraceWitness {

    private static final System.Logger LOGGER = System.getLogger(TraceWitness.class.getName());
    private static final long RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_RUNS = 64;
    /** So that what is alive in the end has survived some. */
    private static final int COLLECTIONS = 2;

    private final Collector collector;

    TraceWitness(Collector collector) {
        this.collector = collector;
    }

    /** Starts to record, meanwhile: the first time takes a second. */
    Recording start() {
        return new Recording(
                NeutralThread.start("heapspec-flight-recorder", () -> FlightRecording.startOnly(LeakTrace.SETTINGS)));
    }

    /** A recording that has started, or is about to. Not thread-safe. */
    final class Recording implements AutoCloseable {

        private final CompletableFuture<FlightRecording> starting;

        private Recording(CompletableFuture<FlightRecording> starting) {
            this.starting = starting;
        }

        /**
         * Repeats the test, and returns what was recorded. Where there is no recording, or the test cannot be repeated any more, that is what is
         * returned: it changes no verdict.
         *
         * @param classes names of the classes that leak
         * @param threads names of the threads that leak
         * @param folder for the recording, which is deleted after reading
         */
        TraceFindings of(Repeater repeater, Set<String> classes, Set<String> threads, Path folder) {
            try {
                FlightRecording recording = started();
                FlightRecording.mark();
                int runs = repeater.runWithin(MOST_RUNS, RUN_NANOS);
                FlightRecording.mark();
                for (int i = 0; i < COLLECTIONS; i++) {
                    collector.collect();
                }
                List<TraceEvent> events = recording.events(LeakTrace.SETTINGS::has, folder);
                return new LeakTrace(classes, threads, events).findings(runs);
            } catch (TraceUnavailableException | NotMeasurableException | CollectionNotConfirmedException e) {
                return TraceFindings.missing(String.valueOf(e.getMessage()));
            }
        }

        private FlightRecording started() throws TraceUnavailableException {
            try {
                return starting.join();
            } catch (CompletionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (cause instanceof TraceUnavailableException known) {
                    throw known;
                }
                throw new TraceUnavailableException("Flight Recorder does not start: " + cause, cause);
            }
        }

        @Override
        public void close() {
            // If it is still about to start, then as soon as it has.
            boolean closed = starting.thenAccept(FlightRecording::close).isDone();
            LOGGER.log(Level.TRACE, () -> "the recording is closed: " + closed);
        }
    }
}
