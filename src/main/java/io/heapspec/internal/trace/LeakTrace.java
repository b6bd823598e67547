package io.heapspec.internal.trace;

import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.TraceEvent;
import io.heapspec.result.TraceFindings;
import io.heapspec.result.TraceFindings.Sample;
import io.heapspec.result.TraceFindings.Start;
import io.heapspec.result.TraceFindings.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes of the events of a recording what they say about a leak: joins samples of allocations, and of objects that are still alive, by class, thread and
 * place, within the time in which the test ran.
 *
 * <p>Source of the sampling: JEP 331 and {@code jdk.OldObjectSample}, which keeps some of the objects for which a thread took a new buffer, as long as they
 * are alive.
 */
public final class LeakTrace {

    private static final String ALLOCATION = "jdk.ObjectAllocationSample";
    private static final String OLD_OBJECT = "jdk.OldObjectSample";
    private static final String PARK = "jdk.ThreadPark";
    private static final String MONITOR_WAIT = "jdk.JavaMonitorWait";
    private static final String THREAD_START = "jdk.ThreadStart";
    private static final String CLASS_LOAD = "jdk.ClassLoad";

    private static final Set<String> LATE =
            Set.of(RecordedCollections.COLLECTION, RecordedCollections.HEAP, THREAD_START);
    private static final int MOST = 32;

    /** What has to be recorded. The way from a root to an old object is left out: the dump has it, and here it would stop the JVM for long. */
    public static final EventSettings SETTINGS = EventSettings.NONE
            .withStacks(ALLOCATION)
            .with(ALLOCATION, "throttle", "1000/s")
            .withStacks(OLD_OBJECT)
            .with(OLD_OBJECT, "cutoff", "0 ns")
            .with(RecordedCollections.COLLECTION)
            .with(RecordedCollections.HEAP)
            .withStacks(PARK)
            .withStacks(MONITOR_WAIT)
            .withStacks(THREAD_START)
            .with(CLASS_LOAD)
            .withMarks();

    private final Set<String> classes;
    private final Set<String> threads;
    private final List<TraceEvent> events;
    private final RecordedCollections collections;

    /**
     * @param classes names of the classes that leak
     * @param threads names of the threads that leak
     * @param events what was recorded, with a {@linkplain FlightRecording#mark() mark} before the test ran and another after it
     */
    public LeakTrace(Set<String> classes, Set<String> threads, List<TraceEvent> events) {
        this.classes = classes;
        this.threads = threads;
        MarkedTime time = MarkedTime.of(events);
        this.events = events.stream()
                .filter(event -> isWithin(event, time.from(), time.to()))
                .sorted(Comparator.comparing(TraceEvent::start))
                .toList();
        this.collections = new RecordedCollections(this.events);
    }

    /**
     * An old object is reported when the recording ends, and belongs to the time in which it was allocated. Collections may come after the last run, and a thread
     * reports its own start, some time after whoever started it has gone on.
     */
    private static boolean isWithin(TraceEvent event, Instant from, Instant to) {
        Instant when =
                event.value("allocationTime").orElse(event.start()) instanceof Instant time ? time : event.start();
        boolean mayBeLate = LATE.contains(event.name());
        return !when.isBefore(from) && (mayBeLate || !when.isAfter(to));
    }

    /** Returns what the recording says. */
    public TraceFindings findings(int runs) {
        return new TraceFindings(
                "",
                runs,
                samples(),
                collections.ended().stream()
                        .map(collections::collection)
                        .limit(MOST)
                        .toList(),
                waits(),
                RecordedEvents.named(events, THREAD_START).stream()
                        .map(event -> new Start(
                                RecordedEvents.text(event, "thread"),
                                RecordedEvents.text(event, "parentThread"),
                                event.stack()))
                        .limit(MOST)
                        .toList(),
                RecordedEvents.named(events, CLASS_LOAD).size());
    }

    private List<Sample> samples() {
        Map<Place, Sample> samples = new LinkedHashMap<>();
        for (TraceEvent event : RecordedEvents.named(events, ALLOCATION)) {
            add(samples, event, "objectClass", new Sample("", 1, 0, Duration.ZERO, 0, "", List.of()));
        }
        for (TraceEvent event : RecordedEvents.named(events, OLD_OBJECT)) {
            Duration age =
                    event.value("objectAge").orElse(Duration.ZERO) instanceof Duration known ? known : Duration.ZERO;
            add(samples, event, "object.type", new Sample("", 0, 1, age, survived(event), "", List.of()));
        }
        return samples.values().stream()
                .sorted(Comparator.comparingInt(Sample::alive).reversed())
                .limit(MOST)
                .toList();
    }

    private void add(Map<Place, Sample> samples, TraceEvent event, String field, Sample one) {
        String name = ClassNames.stable(RecordedEvents.text(event, field));
        if (classes.contains(name)) {
            Place place = new Place(name, event.thread(), event.stack());
            samples.merge(place, place.with(one), LeakTrace::sum);
        }
    }

    private static Sample sum(Sample a, Sample b) {
        return new Sample(
                a.className(),
                a.allocated() + b.allocated(),
                a.alive() + b.alive(),
                a.age().compareTo(b.age()) > 0 ? a.age() : b.age(),
                Math.max(a.collectionsSurvived(), b.collectionsSurvived()),
                a.thread(),
                a.stack());
    }

    /** Counts the collections that began after an object had been allocated. */
    private int survived(TraceEvent oldObject) {
        Object allocated = oldObject.value("allocationTime").orElse(oldObject.start());
        return (int) collections.ended().stream()
                .filter(each ->
                        allocated instanceof Instant time && each.start().isAfter(time))
                .count();
    }

    private List<Wait> waits() {
        Map<String, Wait> longest = new LinkedHashMap<>();
        for (TraceEvent event : events) {
            boolean parks = event.name().equals(PARK);
            if ((parks || event.name().equals(MONITOR_WAIT)) && threads.contains(event.thread())) {
                String on = ClassNames.stable(RecordedEvents.text(event, parks ? "parkedClass" : "monitorClass"));
                Wait wait = new Wait(event.thread(), on, event.duration(), event.stack());
                longest.merge(event.thread(), wait, (a, b) -> a.atLeast().compareTo(b.atLeast()) < 0 ? b : a);
            }
        }
        return longest.values().stream().limit(MOST).toList();
    }

    private record Place(String className, String thread, List<StackTraceElement> stack) {

        Sample with(Sample counts) {
            return new Sample(
                    className,
                    counts.allocated(),
                    counts.alive(),
                    counts.age(),
                    counts.collectionsSurvived(),
                    thread,
                    stack);
        }
    }
}
