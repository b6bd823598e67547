package io.heapspec.internal.trace;

import io.heapspec.result.GcPause;
import io.heapspec.result.TraceEvent;
import io.heapspec.result.TraceFindings.Collection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes of the events of a recording what it says about pauses of the garbage collector.
 *
 * <p>Asked is {@code jdk.GCPhasePause}, of which there is one for each pause with every collector. {@code jdk.GarbageCollection}, which says why, has a sum of
 * pauses that is 0 where G1 marks. Both come when a collection ends, and that may be a while after the pause.
 */
public final class PauseTrace {

    private static final String PAUSE = "jdk.GCPhasePause";
    private static final String SYSTEM_GC = "jdk.SystemGC";

    /** What has to be recorded. */
    public static final EventSettings SETTINGS = EventSettings.NONE
            .with(PAUSE)
            .with(RecordedCollections.COLLECTION)
            .with(RecordedCollections.HEAP)
            .withStacks(SYSTEM_GC)
            .withMarks();

    private final List<TraceEvent> within;
    private final RecordedCollections collections;
    private final Instant end;

    /** @param events what was recorded, with two {@linkplain FlightRecording#mark() marks}: the pauses between them are meant */
    public PauseTrace(List<TraceEvent> events) {
        MarkedTime time = MarkedTime.of(events);
        end = time.to();
        within = events.stream()
                .filter(event -> time.includes(event.start()))
                .sorted(Comparator.comparing(TraceEvent::start))
                .toList();
        // They end later, and may have begun before.
        collections = new RecordedCollections(events);
    }

    /** Returns the pauses, in order. */
    public List<GcPause> pauses() {
        return RecordedEvents.named(within, PAUSE).stream().map(this::pause).toList();
    }

    /** Returns where {@code System.gc()} was called first; empty if it was not. */
    public List<StackTraceElement> askedBy() {
        return RecordedEvents.named(within, SYSTEM_GC).stream()
                .map(TraceEvent::stack)
                .findFirst()
                .orElse(List.of());
    }

    /** Tells whether a collection is known that began after the time that is meant. */
    public boolean hasALaterOne() {
        return later().findAny().isPresent();
    }

    /**
     * Tells whether such a collection is known, and all since the first that is: they have numbers without a gap. One that marks beside the program may end
     * some milliseconds after the one that made it give up.
     */
    public boolean hasAllUpToALaterOne() {
        long last = later().mapToLong(PauseTrace::id).min().orElse(-1);
        long[] known = collections.ended().stream()
                .mapToLong(PauseTrace::id)
                .filter(id -> id <= last)
                .distinct()
                .sorted()
                .toArray();
        return known.length > 0 && last - known[0] + 1 == known.length;
    }

    private Stream<TraceEvent> later() {
        return collections.ended().stream().filter(event -> event.start().isAfter(end));
    }

    private static long id(TraceEvent collection) {
        return (long) collection.number("gcId");
    }

    private GcPause pause(TraceEvent event) {
        Collection collection = collections.around(event);
        return new GcPause(
                RecordedEvents.text(event, "name"),
                collection.name(),
                collection.cause(),
                event.duration(),
                collection.heapBefore(),
                collection.heapAfter());
    }
}
