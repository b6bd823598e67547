package io.heapspec.internal.trace;

import io.heapspec.internal.util.NeutralThread;
import io.heapspec.internal.util.PrivateFiles;
import io.heapspec.result.TraceEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private static final System.Logger LOGGER = System.getLogger(FlightRecording.class.getName());

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
        } catch (NoClassDefFoundError absent) {
            throw new TraceUnavailableException("this JVM has no Flight Recorder (module jdk.jfr)", absent);
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
        Repository.ofThisJvm().check();
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
     * @param file where to; its folder is made if need be; only its owner can read it
     * @throws TraceUnavailableException if it cannot be written: the message of the system is part of its own
     */
    public void dump(Path file) throws TraceUnavailableException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.deleteIfExists(file);
            PrivateFiles.create(file).close();
            recording.dump(file);
        } catch (IOException | RuntimeException e) {
            throw new TraceUnavailableException("the recording could not be written: " + e.getMessage(), e);
        }
    }

    /**
     * Reads what was recorded so far, and goes on.
     *
     * @param names tells which events to read, by name
     * @param folder for a file that is deleted after reading; made if need be
     * @return the events, in no order
     * @throws TraceUnavailableException if it cannot be written or read
     */
    public List<TraceEvent> events(Predicate<String> names, Path folder) throws TraceUnavailableException {
        Path file = folder.resolve("heapspec-" + UUID.randomUUID() + ".jfr");
        try {
            dump(file);
            return RecordedEvents.read(file, names);
        } finally {
            delete(file);
        }
    }

    /** What cannot be deleted is no reason not to know what it says. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "a recording is left that only its owner can read", e);
        }
    }

    /** Stops the recording, and forgets what it has. */
    @Override
    public void close() {
        recording.close();
    }
}
