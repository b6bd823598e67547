package io.heapspec;

import io.heapspec.internal.trace.TraceUnavailableException;
import io.heapspec.internal.trace.TraceWindow;
import io.heapspec.result.Trace;
import io.heapspec.result.TraceEvent;
import java.util.List;
import java.util.function.Predicate;

/** What was recorded since a test began. */
record RecordedTrace(TraceWindow window) implements Trace {

    @Override
    public List<TraceEvent> events() {
        return eventsOf(name -> true);
    }

    @Override
    public List<TraceEvent> events(String name) {
        return eventsOf(name::equals);
    }

    private List<TraceEvent> eventsOf(Predicate<String> names) {
        try {
            return window.events(names);
        } catch (TraceUnavailableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
