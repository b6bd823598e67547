package io.heapspec;

import io.heapspec.result.PauseLimit;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Promises that the garbage collector pauses the body of this test only so often, or so long.
 *
 * <pre>{@code
 * @Test
 * @MaxGcPauses(longest = "20 ms", total = "100 ms")
 * void answersInTime() {
 *     engine.replay(DAY);
 * }
 * }</pre>
 *
 * <p>A pause is a time in which all threads are stopped, as Flight Recorder has it ({@code jdk.GCPhasePause}): a collection of Serial, Parallel and most of
 * G1 is one, those of ZGC and Shenandoah have several short ones. Counted are those that begin while the test's method runs, {@code @BeforeEach} and
 * {@code @AfterEach} excluded; a collection is forced before that, so that what earlier tests left in the young generation does not count. The test runs once.
 *
 * <p>How long a pause is depends on the heap, the collector and the machine: leave room in {@link #longest} and {@link #total}, and set the heap of your test
 * JVM. {@link #count} is the steadier promise. The failure lists the pauses, their causes, and who called {@code System.gc()}.
 *
 * <p>The JVM's own counters are the second witness, which knows for sure whether there was a pause: where the trace lacks those, the verdict is inconclusive.
 * Without Flight Recorder, a test without pauses passes, and with {@code count = 0} one with pauses fails; anything else is inconclusive.
 *
 * <p>On a class, it holds for each of its tests. It is inherited, and can be put on an annotation of your own. A test of {@link NoLeak},
 * {@link ExpectLeak}, {@link MaxAllocations} or {@link CaptureTrace} cannot have it: the first three collect, and a recording is growth; the last would have the
 * collection that is forced here.
 *
 * <p><b>Thread-safety.</b> Pauses are those of the whole JVM, so the test takes JUnit's global resource lock: under parallel execution nothing runs
 * beside it.
 *
 * @see NoGc
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MaxGcPauses.All.class)
@ExtendWith(HeapSpecExtension.class)
@ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
public @interface MaxGcPauses {

    /** How many pauses there may be, 0 or more. */
    long count() default PauseLimit.NONE;

    /** How long each pause may be: {@code "20 ms"}, {@code "1 s"}. Empty for any length. */
    String longest() default "";

    /** How long all pauses may be together: {@code "100 ms"}. Empty for any length. */
    String total() default "";

    /** Several limits on one element; all of them hold. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @ExtendWith(HeapSpecExtension.class)
    @ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
    @interface All {

        /** The limits. */
        MaxGcPauses[] value();
    }
}
