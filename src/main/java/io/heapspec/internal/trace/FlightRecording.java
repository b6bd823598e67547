package io.heapspec.internal.trace;

import io.heapspec.internal.util.NeutralThread;
import io.heapspec.internal.util.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * A recording of Flight Recorder.
 *
 * <p>Recordings of others run on beside it, with their own settings and files; what this one switches on may be in theirs, too, as Flight Recorder has it.
 * The first of a JVM starts Flight Recorder, which takes a second, and whose threads live on: it is started on a thread of its own, so that they keep no
 * class loader of a test.
 *
 * <p>Not thread-safe.
 */
public final class FlightRecording implements AutoCloseable {

    private final Recording recording;

    private FlightRecording(Recording recording) {
        this.recording = recording;
    }

    /**
     * Starts a recording.
     *
     * @throws TraceUnavailableException if this JVM has no Flight Recorder, or does not let it start
     */
    public static FlightRecording start(EventSettings settings) throws TraceUnavailableException {
        return start(settings, asked -> Set.of());
    }

    private static FlightRecording start(EventSettings settings, Function<EventSettings, Set<String>> without)
            throws TraceUnavailableException {
        try {
            return NeutralThread.call(
                    "heapspec-flight-recorder", () -> new FlightRecording(started(settings, without)));
        } catch (TraceUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new TraceUnavailableException("Flight Recorder does not start: " + e.getMessage(), e);
        }
    }

    /**
     * Starts a recording that has nothing but what is asked for: else events of the user's own would be in it, with what they hold, unless they are off by
     * default.
     *
     * @throws TraceUnavailableException as {@link #start} does
     */
    public static FlightRecording startOnly(EventSettings settings) throws TraceUnavailableException {
        return start(settings, FlightRecording::otherEvents);
    }

    private static Set<String> otherEvents(EventSettings settings) {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .map(EventType::getName)
                .filter(event -> !settings.has(event))
                .collect(Collectors.toSet());
    }

    private static Recording started(EventSettings asked, Function<EventSettings, Set<String>> without)
            throws TraceUnavailableException {
        if (!FlightRecorder.isAvailable()) {
            throw new TraceUnavailableException("Flight Recorder is not available in this JVM");
        }
        EventSettings settings = asked.without(without.apply(asked));
        Recording recording = new Recording(settings.values());
        try {
            recording.setName("HeapSpec");
            recording.start();
            return recording;
        } catch (RuntimeException | Error e) {
            recording.close();
            throw e;
        }
    }

    /** Notes this moment in all recordings that have {@link EventSettings#withMarks() marks}. */
    public static void mark() {
        new Mark().commit();
    }

    /**
     * Writes what was recorded so far, and goes on.
     *
     * @param file where to; only its owner can read it
     * @throws TraceUnavailableException if it cannot be written: the message of the system is part of its own
     */
    public void dump(Path file) throws TraceUnavailableException {
        try {
            Files.deleteIfExists(file);
            PrivateFiles.create(file).close();
            recording.dump(file);
        } catch (IOException | RuntimeException e) {
            throw new TraceUnavailableException("the recording could not be written: " + e.getMessage(), e);
        }
    }

    /** Stops the recording, and forgets what it has. */
    @Override
    public void close() {
        recording.close();
    }
}
