package io.heapspec.result;

import java.util.List;

/**
 * What Flight Recorder has recorded of a test so far: a parameter of test methods, and of {@code @BeforeEach} and {@code @AfterEach} methods, of a test
 * with {@code @CaptureTrace}.
 *
 * <pre>{@code
 * void servesFromTheCache(Trace trace) {
 *     shop.price("apple");
 *     assertThat(trace).events("com.acme.DatabaseQuery").with("table", "price").doNotOccur();
 * }
 * }</pre>
 *
 * <p>It has the events that began in this test's time, those of earlier tests are left out. Each question writes what was recorded so far to disk and
 * reads it, which takes some tens of milliseconds.
 *
 * <p><b>Limits.</b> Flight Recorder knows an event when it ends: a wait that goes on is not there yet. What it samples is a sample.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public interface Trace {

    /**
     * Returns all events that were recorded so far, in the order in which they began.
     *
     * @throws IllegalStateException if the test has ended, or the recording cannot be written or read, with the reason
     */
    List<TraceEvent> events();

    /**
     * Returns the events of one name that were recorded so far, in the order in which they began.
     *
     * @param name as Flight Recorder has it: {@code jdk.GarbageCollection}, or that of an event of your own
     * @throws IllegalStateException as {@link #events()} does
     */
    List<TraceEvent> events(String name);
}
