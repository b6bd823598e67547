package io.heapspec.assertj;

import io.heapspec.internal.util.Durations;
import io.heapspec.result.Trace;
import io.heapspec.result.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Assertions on the events of one name, narrowed by fields, thread and stack.
 *
 * <p>A failure lists the events of that name that were recorded, those that were narrowed out, too, since one of them is often the one that was meant.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class EventsAssert extends AbstractAssert<EventsAssert, Trace> {

    private static final int MOST_LISTED = 10;
    private static final Duration POLLING = Duration.ofMillis(100);

    private final String name;
    private final Duration deadline;
    private final List<Predicate<TraceEvent>> conditions = new ArrayList<>();
    private final StringBuilder wording;

    EventsAssert(Trace actual, String name, Duration deadline) {
        super(actual, EventsAssert.class);
        this.name = name;
        this.deadline = deadline;
        this.wording = new StringBuilder(name);
    }

    /**
     * Narrows to events whose field has a value, compared as text: {@code with("items", 3)}. A field that an event does not have is not equal.
     *
     * @param field its name, those of objects with a point: {@code object.type}
     */
    public EventsAssert with(String field, Object value) {
        String expected = value.toString();
        return narrowed(
                event -> event.value(field)
                        .map(Object::toString)
                        .filter(expected::equals)
                        .isPresent(),
                " with " + field + " = " + expected);
    }

    /**
     * Narrows to events whose field is a number, or a duration in seconds, that fulfils a condition.
     *
     * @param wording the condition in words, for the failure
     */
    public EventsAssert withNumber(String field, DoublePredicate condition, String wording) {
        return narrowed(
                event -> event.value(field).isPresent() && condition.test(event.number(field)),
                " with " + field + " " + wording);
    }

    /** Narrows to events of a thread. */
    public EventsAssert onThread(String thread) {
        return narrowed(event -> event.thread().equals(thread), " on thread \"" + thread + "\"");
    }

    /** Narrows to events that took so long, or longer. */
    public EventsAssert takingAtLeast(Duration time) {
        return narrowed(event -> event.duration().compareTo(time) >= 0, " taking at least " + Durations.millis(time));
    }

    /** Narrows to events that took longer than that. */
    public EventsAssert takingLongerThan(Duration time) {
        return narrowed(event -> event.duration().compareTo(time) > 0, " taking longer than " + Durations.millis(time));
    }

    /** Narrows to events with a class on the stack; those within it count as it. */
    public EventsAssert calledFrom(Class<?> type) {
        String outer = type.getName();
        return narrowed(
                event -> event.stack().stream()
                        .map(StackTraceElement::getClassName)
                        .anyMatch(each -> each.equals(outer) || each.startsWith(outer + "$")),
                " called from " + outer);
    }

    /** Narrows to events with a method on the stack. */
    public EventsAssert calledFrom(Class<?> type, String method) {
        return narrowed(
                event -> event.stack().stream()
                        .anyMatch(frame -> frame.getClassName().equals(type.getName())
                                && frame.getMethodName().equals(method)),
                " called from " + type.getName() + "." + method);
    }

    /**
     * Verifies that there are exactly so many; waits for them, and then looks that there is none more.
     *
     * @throws AssertionError if there are more or fewer
     */
    public EventsAssert hasCount(int expected) {
        List<TraceEvent> found = await(events -> events.size() >= expected);
        return verified(found.size() == expected, "exactly " + expected, found, String.valueOf(found.size()));
    }

    /**
     * Verifies that there are so many, or more; waits for them.
     *
     * @throws AssertionError if there are fewer when the time is over
     */
    public EventsAssert hasCountAtLeast(int least) {
        List<TraceEvent> found = await(events -> events.size() >= least);
        return verified(found.size() >= least, "at least " + least, found, String.valueOf(found.size()));
    }

    /**
     * Verifies that there are no more than so many by now.
     *
     * @throws AssertionError if there are more
     */
    public EventsAssert hasCountAtMost(int most) {
        List<TraceEvent> found = matching();
        return verified(found.size() <= most, "at most " + most, found, String.valueOf(found.size()));
    }

    /**
     * Verifies that there is none by now.
     *
     * @throws AssertionError if there is one
     */
    public EventsAssert doNotOccur() {
        List<TraceEvent> found = matching();
        return verified(found.isEmpty(), "none", found, String.valueOf(found.size()));
    }

    /**
     * Verifies that the values of a field add up to so much; waits for it.
     *
     * @param field a number, or a duration in seconds
     * @throws AssertionError if they do not when the time is over
     * @throws IllegalArgumentException if an event has no such field, or it is no number
     */
    public EventsAssert hasSum(String field, double expected) {
        List<TraceEvent> found = await(events -> sum(events, field) >= expected);
        double sum = sum(found, field);
        return verified(sum == expected, "a sum of " + field + " of " + number(expected), found, number(sum));
    }

    /**
     * Verifies that the values of a field add up to no more than so much by now.
     *
     * @param field a number, or a duration in seconds
     * @throws AssertionError if they add up to more
     * @throws IllegalArgumentException if an event has no such field, or it is no number
     */
    public EventsAssert hasSumAtMost(String field, double most) {
        List<TraceEvent> found = matching();
        double sum = sum(found, field);
        return verified(sum <= most, "a sum of " + field + " of at most " + number(most), found, number(sum));
    }

    /**
     * Verifies that there are, for each event of another name, no more than so many of these by now: {@code hasRatioAtMost(0.1, "com.acme.Request")} is one
     * in ten.
     *
     * @throws AssertionError if there are more, or none of the other name
     */
    public EventsAssert hasRatioAtMost(double most, String others) {
        List<TraceEvent> found = matching();
        int all = actual.events(others).size();
        String ratio = all == 0 ? "no " + others : number((double) found.size() / all);
        return verified(
                all > 0 && found.size() <= most * all, "at most " + number(most) + " for each " + others, found, ratio);
    }

    private EventsAssert narrowed(Predicate<TraceEvent> condition, String words) {
        conditions.add(condition);
        wording.append(words);
        return this;
    }

    private List<TraceEvent> matching() {
        isNotNull();
        return actual.events(name).stream()
                .filter(event -> conditions.stream().allMatch(condition -> condition.test(event)))
                .toList();
    }

    private List<TraceEvent> await(Predicate<List<TraceEvent>> enough) {
        try {
            return Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLLING)
                    .atMost(deadline)
                    .until(this::matching, enough);
        } catch (ConditionTimeoutException tooFew) {
            return matching();
        }
    }

    private EventsAssert verified(boolean holds, String expected, List<TraceEvent> found, String was) {
        if (!holds) {
            throw failure("%s", message(expected, found, was));
        }
        return this;
    }

    private String message(String expected, List<TraceEvent> found, String was) {
        StringBuilder text =
                new StringBuilder("Expected " + expected + " of " + wording + ", but there is " + was + ".");
        list(text, "These were recorded:", found);
        if (!conditions.isEmpty()) {
            List<TraceEvent> others = actual.events(name).stream()
                    .filter(event -> !found.contains(event))
                    .toList();
            list(text, "Others of that name:", others);
        }
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<TraceEvent> events) {
        if (!events.isEmpty()) {
            text.append('\n').append(title);
            text.append(events.stream()
                    .limit(MOST_LISTED)
                    .map(event -> "\n  " + event)
                    .collect(Collectors.joining()));
        }
        if (events.size() > MOST_LISTED) {
            text.append("\n  ... and ").append(events.size() - MOST_LISTED).append(" more");
        }
    }

    private static double sum(List<TraceEvent> events, String field) {
        ToDoubleFunction<TraceEvent> number = event -> event.number(field);
        return events.stream().mapToDouble(number).sum();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,d", (long) value) : String.valueOf(value);
    }
}
