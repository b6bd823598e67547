package io.heapspec.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An event of Flight Recorder.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name as Flight Recorder has it: {@code jdk.GarbageCollection}, or the name that a custom event has
 * @param start when it began
 * @param duration how long it took, zero for an event without duration
 * @param thread name of the thread that it happened on; empty if there is none
 * @param stack the stack of that thread, innermost frame first, without file names; empty if none was taken
 * @param fields all other fields that have a value: text, numbers, truth values, {@link Duration} and {@link Instant}; of a class or a thread its name. Those
 *     of an object are named with a point, as {@code object.type}
 * @since 0.1
 */
public record TraceEvent(
        String name,
        Instant start,
        Duration duration,
        String thread,
        List<StackTraceElement> stack,
        Map<String, Object> fields) {

    public TraceEvent {
        stack = List.copyOf(stack);
        fields = Map.copyOf(fields);
    }

    /** Returns when it ended. */
    public Instant end() {
        return start.plus(duration);
    }

    /** Returns the value of a field, if it has one in this event. */
    public Optional<Object> value(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /**
     * Returns a field as text.
     *
     * @throws IllegalArgumentException if the event has no such field, with those that it has
     */
    public String text(String field) {
        return existing(field).toString();
    }

    /**
     * Returns a field that is a number, or a duration in seconds.
     *
     * @throws IllegalArgumentException if the event has no such field, or it is no number, with those that it has
     */
    public double number(String field) {
        Object value = existing(field);
        if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof Duration length) {
            return length.toNanos() / 1e9;
        }
        throw new IllegalArgumentException("field \"" + field + "\" of " + name + " is no number: " + value);
    }

    private Object existing(String field) {
        return value(field)
                .orElseThrow(() -> new IllegalArgumentException("there is no field \"" + field + "\" in " + name
                        + "; there are " + String.join(", ", new TreeSet<>(fields.keySet()))));
    }

    /** Returns the event as one line: name, thread, duration, fields in alphabetical order. */
    @Override
    public String toString() {
        String on = thread.isEmpty() ? "" : " on \"" + thread + "\"";
        String took = duration.isZero() ? "" : " " + Math.round(duration.toNanos() / 1e3) / 1e3 + " ms";
        return name + on + took + " " + new TreeMap<>(fields);
    }
}
