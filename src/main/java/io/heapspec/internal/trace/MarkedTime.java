package io.heapspec.internal.trace;

import io.heapspec.result.TraceEvent;
import java.time.Instant;
import java.util.List;

/**
 * The time between the first and the last {@linkplain FlightRecording#mark() mark} of a recording; all time, where there is none.
 *
 * @param from when it begins
 * @param to when it ends
 */
record MarkedTime(Instant from, Instant to) {

    static MarkedTime of(List<TraceEvent> events) {
        List<Instant> marks = RecordedEvents.named(events, Mark.NAME).stream()
                .map(TraceEvent::start)
                .sorted()
                .toList();
        return marks.isEmpty()
                ? new MarkedTime(Instant.MIN, Instant.MAX)
                : new MarkedTime(marks.get(0), marks.get(marks.size() - 1));
    }

    boolean includes(Instant when) {
        return !when.isBefore(from) && !when.isAfter(to);
    }
}
