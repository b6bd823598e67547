package io.heapspec.internal.trace;

import io.heapspec.internal.util.NeutralThread;
import io.heapspec.internal.util.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try {
            return NeutralThread.call("heapspec-flight-recorder", () -> new FlightRecording(started(settings)));
        } catch (TraceUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new TraceUnavailableException("Flight Recorder does not start: " + e.getMessage(), e);
        }
    }

    private static Recording started(EventSettings settings) throws TraceUnavailableException {
        if (!FlightRecorder.isAvailable()) {
            throw new TraceUnavailableException("Flight Recorder is not available in this JVM");
        }
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
