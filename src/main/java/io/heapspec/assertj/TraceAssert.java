package io.heapspec.assertj;

import io.heapspec.result.Trace;
import java.time.Duration;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on what Flight Recorder has recorded of a test.
 *
 * <pre>{@code
 * assertThat(trace).events("com.acme.OrderPlaced").with("customer", "ada").hasCount(2);
 * assertThat(trace).within(Duration.ofSeconds(10)).events("com.acme.MailSent").hasCountAtLeast(1);
 * assertThat(trace).hasNoCollection();
 * }</pre>
 *
 * <p>What has to happen is waited for, 5 s unless {@link #within} says otherwise, so that events of other threads are seen; what must not happen is asked once.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class TraceAssert extends AbstractAssert<TraceAssert, Trace> {

    private static final String COLLECTION = "jdk.GarbageCollection";
    private static final String PAUSE = "jdk.GCPhasePause";

    private Duration deadline = Duration.ofSeconds(5);

    /** @param actual what was recorded */
    public TraceAssert(Trace actual) {
        super(actual, TraceAssert.class);
    }

    /**
     * Says how long to wait for what has to happen; nobody waits longer than it takes.
     *
     * @param time more than zero
     * @throws IllegalArgumentException if it is not
     */
    public TraceAssert within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("within " + time + "; allowed is more than zero");
        }
        deadline = time;
        return this;
    }

    /**
     * Begins an assertion on events.
     *
     * @param name as Flight Recorder has it: {@code jdk.ThreadPark}, or that of an event of your own
     */
    @CheckReturnValue
    public EventsAssert events(String name) {
        isNotNull();
        return new EventsAssert(actual, name, deadline);
    }

    /**
     * Verifies that nothing was collected so far, and that nothing was paused for that. Flight Recorder knows a collection, with its pauses, when it has ended.
     *
     * @throws AssertionError if something was, with each collection
     */
    public TraceAssert hasNoCollection() {
        events(COLLECTION).doNotOccur();
        events(PAUSE).doNotOccur();
        return this;
    }

    /**
     * Verifies that no pause was longer than that: a time in which all threads were stopped by a collection, of which there are several in one of ZGC.
     *
     * @throws AssertionError if one took longer, with each that did
     */
    public TraceAssert hasCollectionPausesAtMost(Duration longest) {
        events(PAUSE).takingLongerThan(longest).doNotOccur();
        return this;
    }
}
