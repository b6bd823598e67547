package io.heapspec.internal.trace;

import io.heapspec.result.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
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
        Path file = folder.resolve("heapspec-" + UUID.randomUUID() + ".jfr");
        try {
            writeTo(file);
            List<TraceEvent> all = RecordedEvents.read(file, name -> name.equals(Mark.NAME) || names.test(name));
            Instant start = all.stream()
                    .filter(event -> event.name().equals(Mark.NAME))
                    .map(TraceEvent::start)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            return all.stream()
                    .filter(event ->
                            !event.name().equals(Mark.NAME) && !event.start().isBefore(start))
                    .sorted(Comparator.comparing(TraceEvent::start))
                    .toList();
        } finally {
            delete(file);
        }
    }

    /** Writes the recording so far, for others to open. */
    public synchronized void writeTo(Path file) throws TraceUnavailableException {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
        } catch (IOException e) {
            throw new TraceUnavailableException("the recording could not be written: " + e.getMessage(), e);
        }
        recording.dump(file);
    }

    private static void delete(Path file) throws TraceUnavailableException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new TraceUnavailableException("a recording could not be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        recording.close();
    }
}
