package io.heapspec.internal.trace;

import java.io.IOException;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jdk.jfr.Configuration;

/**
 * Which events a recording has, and how.
 *
 * @param values settings as Flight Recorder names them: {@code jdk.ThreadPark#threshold} = {@code 10 ms}
 */
public record EventSettings(Map<String, String> values) {

    /** No event at all. */
    public static final EventSettings NONE = new EventSettings(Map.of());

    public EventSettings {
        values = Map.copyOf(values);
    }

    /**
     * Returns what the JDK calls {@code profile}: most events, those that last if they do so for some milliseconds.
     *
     * @throws TraceUnavailableException if this JVM has no such settings
     */
    public static EventSettings profile() throws TraceUnavailableException {
        try {
            return new EventSettings(Configuration.getConfiguration("profile").getSettings());
        } catch (IOException | ParseException | RuntimeException e) {
            throw new TraceUnavailableException("this JDK has no settings \"profile\": " + e.getMessage(), e);
        } catch (NoClassDefFoundError absent) {
            throw new TraceUnavailableException("this JVM has no Flight Recorder (module jdk.jfr)", absent);
        }
    }

    /** Tells whether an event is asked for. Flight Recorder records others, too: custom events, unless they are off by default. */
    public boolean has(String event) {
        return "true".equals(values.get(event + "#enabled"));
    }

    /** Returns these settings with {@link FlightRecording#mark() marks}. */
    public EventSettings withMarks() {
        return with(Mark.NAME);
    }

    /** Returns these settings with one event more, of any duration. */
    public EventSettings with(String event) {
        return with(event, "enabled", "true").with(event, "threshold", "0 ns");
    }

    /** Returns these settings with one event more, each with the stack of its thread. */
    public EventSettings withStacks(String event) {
        return with(event).with(event, "stackTrace", "true");
    }

    /** Returns these settings with some events switched off. */
    public EventSettings without(Set<String> events) {
        Map<String, String> all = new LinkedHashMap<>(values);
        events.forEach(event -> all.put(event + "#enabled", "false"));
        return new EventSettings(all);
    }

    /** Returns these settings with one more. */
    public EventSettings with(String event, String setting, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(event + "#" + setting, value);
        return new EventSettings(more);
    }
}
