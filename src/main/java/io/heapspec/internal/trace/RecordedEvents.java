package io.heapspec.internal.trace;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.TraceEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Reads recordings, and what was read. Thread-safe. */
public final class RecordedEvents {

    /** What every event has, and {@link TraceEvent} has for itself. */
    private static final Set<String> COMMON = Set.of("startTime", "duration", "eventThread", "stackTrace");

    private static final int DEEPEST = 2;

    private RecordedEvents() {}

    /**
     * Reads the events of a recording, in no order.
     *
     * @param names tells which events to read, by name
     * @throws TraceUnavailableException if it cannot be read to its end
     */
    public static List<TraceEvent> read(Path file, Predicate<String> names) throws TraceUnavailableException {
        List<TraceEvent> events = new ArrayList<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (names.test(event.getEventType().getName())) {
                    events.add(event(event));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new TraceUnavailableException("the recording could not be read: " + e.getMessage(), e);
        }
        return events;
    }

    /** Returns those of one name. */
    static List<TraceEvent> named(List<TraceEvent> events, String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Returns a field as text; empty if the event does not have it. */
    static String text(TraceEvent event, String field) {
        return event.value(field).map(Object::toString).orElse("");
    }

    private static TraceEvent event(RecordedEvent event) {
        RecordedThread thread = event.getThread();
        Map<String, Object> fields = new HashMap<>();
        addFields(event, "", 1, fields);
        return new TraceEvent(
                event.getEventType().getName(),
                event.getStartTime(),
                event.getDuration().isNegative() ? Duration.ZERO : event.getDuration(),
                thread == null ? "" : name(thread),
                stack(event.getStackTrace()),
                fields);
    }

    private static void addFields(RecordedObject object, String prefix, int depth, Map<String, Object> fields) {
        for (ValueDescriptor field : object.getFields()) {
            String name = field.getName();
            if (!COMMON.contains(name)) {
                addField(object, field, prefix + name, depth, fields);
            }
        }
    }

    private static void addField(
            RecordedObject object, ValueDescriptor field, String name, int depth, Map<String, Object> fields) {
        Object value = value(object, field);
        if (value instanceof RecordedObject inner && depth < DEEPEST) {
            addFields(inner, name + ".", depth + 1, fields);
        } else if (value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Temporal
                || value instanceof Duration) {
            fields.put(name, value);
        }
    }

    private static Object value(RecordedObject object, ValueDescriptor field) {
        String name = field.getName();
        if (field.getAnnotation(Timespan.class) != null) {
            return object.getDuration(name);
        } else if (field.getAnnotation(Timestamp.class) != null) {
            return object.getInstant(name);
        }
        Object value = object.getValue(name);
        if (value instanceof RecordedThread thread) {
            return name(thread);
        }
        return value instanceof RecordedClass type ? typeName(type.getName()) : value;
    }

    /** Flight Recorder has arrays as descriptors: {@code [J}, {@code [Lcom.acme.Foo;}. */
    private static String typeName(String recorded) {
        int dimensions = 0;
        while (dimensions < recorded.length() && recorded.charAt(dimensions) == '[') {
            dimensions++;
        }
        return dimensions == 0
                ? recorded
                : ClassNames.elementOfDescriptor(recorded.substring(dimensions)) + "[]".repeat(dimensions);
    }

    private static String name(RecordedThread thread) {
        String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
        return name == null ? "" : name;
    }

    private static List<StackTraceElement> stack(RecordedStackTrace trace) {
        if (trace == null) {
            return List.of();
        }
        List<StackTraceElement> stack = new ArrayList<>();
        for (RecordedFrame frame : trace.getFrames()) {
            RecordedMethod method = frame.getMethod();
            if (frame.isJavaFrame() && method != null && method.getType() != null) {
                stack.add(new StackTraceElement(
                        method.getType().getName(), method.getName(), null, frame.getLineNumber()));
            }
        }
        return stack;
    }
}
