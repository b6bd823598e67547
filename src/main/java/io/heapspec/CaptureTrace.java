package io.heapspec;

import io.heapspec.result.Trace;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Records a test by Flight Recorder, keeps the recording, and lets the test ask about it by a {@link Trace} parameter.
 *
 * <pre>{@code
 * @Test
 * @CaptureTrace(events = "jdk.ThreadPark")
 * void servesFromTheCache(Trace trace) {
 *     shop.price("apple");
 *     assertThat(trace).events("com.acme.DatabaseQuery").doNotOccur();
 * }
 * }</pre>
 *
 * <p>Recorded is from before {@code @BeforeEach} to after {@code @AfterEach}. The recording is {@code traces/<class>-<method>.jfr} in
 * {@value Configuration#OUTPUT_PROPERTY_NAME}, which JDK Mission Control opens; where a test is repeated or has parameters, with the number of the
 * invocation. Only its owner can read it, for it holds what the test worked on. On a class, the annotation holds for each of its tests. It is
 * inherited, and can be put on an annotation of your own.
 *
 * <p>A test of {@link NoLeak} cannot have it: recording is growth. Its own trace is recorded when a leak is explained.
 *
 * <p>Where Flight Recorder is missing or does not start, the test is not run: {@value Configuration#INCONCLUSIVE_PROPERTY_NAME} decides what becomes of it.
 *
 * <p><b>Thread-safety.</b> Events are those of the whole JVM, so the test takes JUnit's global resource lock: under parallel execution nothing runs
 * beside it.
 *
 * @see Trace
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(HeapSpecExtension.class)
@ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
public @interface CaptureTrace {

    /**
     * Events that are recorded whatever their duration, with stacks: names as Flight Recorder has them, such as {@code jdk.ThreadPark}. Beside them,
     * all that the JDK's settings {@code profile} have, which leave out what is shorter than some milliseconds, and events of your own.
     */
    String[] events() default {};

    /** When the recording is kept. */
    Keep keep() default Keep.ON_FAILURE;

    /** When a recording is kept. */
    enum Keep {
        /** After each test. */
        ALWAYS,
        /** After a test that failed. */
        ON_FAILURE,
        /** Never: the test asks about it, and that is all. */
        NEVER
    }
}
