package io.heapspec.internal.trace;

import io.heapspec.result.TraceEvent;
import io.heapspec.result.TraceFindings.Collection;
import java.time.Duration;
import java.util.List;

/** The garbage collections of a recording, each put together from its events. */
final class RecordedCollections {

    static final String COLLECTION = "jdk.GarbageCollection";
    static final String HEAP = "jdk.GCHeapSummary";

    private static final Collection UNKNOWN = new Collection("", "", Duration.ZERO, 0, 0);

    private final List<TraceEvent> ends;
    private final List<TraceEvent> summaries;

    /** @param events what was recorded; others may be among them */
    RecordedCollections(List<TraceEvent> events) {
        ends = RecordedEvents.named(events, COLLECTION);
        summaries = RecordedEvents.named(events, HEAP);
    }

    /** Returns all that have ended, as they were recorded. */
    List<TraceEvent> ended() {
        return ends;
    }

    /** Returns the one that an event is a part of; without a name while that goes on. */
    Collection around(TraceEvent part) {
        return ends.stream()
                .filter(end -> id(end).equals(id(part)))
                .map(this::collection)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** @param end the event that a collection ends with */
    Collection collection(TraceEvent end) {
        long before = 0;
        long after = 0;
        for (TraceEvent summary : summaries) {
            if (id(end).equals(id(summary))) {
                long used = (long) summary.number("heapUsed");
                if (RecordedEvents.text(summary, "when").startsWith("Before")) {
                    before = used;
                } else {
                    after = used;
                }
            }
        }
        return new Collection(
                RecordedEvents.text(end, "name"), RecordedEvents.text(end, "cause"), pauses(end), before, after);
    }

    private static Duration pauses(TraceEvent event) {
        return event.value("sumOfPauses").orElse(event.duration()) instanceof Duration pauses
                ? pauses
                : event.duration();
    }

    private static Object id(TraceEvent event) {
        return event.value("gcId").orElse("");
    }
}
