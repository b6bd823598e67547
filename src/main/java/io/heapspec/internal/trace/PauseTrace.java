package io.heapspec.internal.trace;

import io.heapspec.result.GcPause;
import io.heapspec.result.TraceEvent;
import io.heapspec.result.TraceFindings.Collection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Makes of the events of a recording what it says about pauses of the garbage collector.
 *
 * <p>Asked is {@code jdk.GCPhasePause}, of which there is one for each pause with every collector. {@code jdk.GarbageCollection}, which says why, comes only
 * when a collection ends, and with a G1 that marks concurrently adds up to no pause at all.
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

    /** @param events what was recorded, with two {@linkplain FlightRecording#mark() marks}: the pauses between them are meant */
    public PauseTrace(List<TraceEvent> events) {
        List<Instant> marks = events.stream()
                .filter(event -> event.name().equals(Mark.NAME))
                .map(TraceEvent::start)
                .sorted()
                .toList();
        Instant from = marks.isEmpty() ? Instant.MIN : marks.get(0);
        Instant to = marks.isEmpty() ? Instant.MAX : marks.get(marks.size() - 1);
        within = events.stream()
                .filter(event -> !event.start().isBefore(from) && !event.start().isAfter(to))
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
