package io.heapspec.internal.trace;

import io.heapspec.result.TraceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A recording from a moment on: it can be asked for its events while it goes on, and be kept when it ends. Thread-safe.
 */
public final class TraceWindow implements AutoCloseable {

    private final FlightRecording recording;
    private final Path folder;
    private boolean closed;

    private TraceWindow(FlightRecording recording, Path folder) {
        this.recording = recording;
        this.folder = folder;
    }

    /**
     * Begins to record.
     *
     * @param folder for files, made when needed
     */
    public static TraceWindow open(EventSettings settings, Path folder) throws TraceUnavailableException {
        FlightRecording recording = FlightRecording.start(settings.withMarks());
        FlightRecording.mark();
        return new TraceWindow(recording, folder);
    }

    /**
     * Returns the events that began since, in order.
     *
     * @param names tells which, by name
     */
    public synchronized List<TraceEvent> events(Predicate<String> names) throws TraceUnavailableException {
        if (closed) {
            throw new TraceUnavailableException("the test has ended, and its recording with it");
        }
        List<TraceEvent> all = recording.events(name -> name.equals(Mark.NAME) || names.test(name), folder);
        Instant start = MarkedTime.of(all).from();
        return all.stream()
                .filter(event ->
                        !event.name().equals(Mark.NAME) && !event.start().isBefore(start))
                .sorted(Comparator.comparing(TraceEvent::start))
                .toList();
    }

    /** Writes the recording so far, for others to open. */
    public synchronized void writeTo(Path file) throws TraceUnavailableException {
        recording.dump(file);
    }

    @Override
    public synchronized void close() {
        closed = true;
        recording.close();
    }
}
