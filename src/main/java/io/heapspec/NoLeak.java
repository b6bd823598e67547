package io.heapspec;

import io.heapspec.result.LeakKind;
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
 * Promises that nothing this test creates piles up on the heap when it is run again and again.
 *
 * <pre>{@code
 * @Test
 * @NoLeak
 * void logoutReleasesTheSession() {
 *     server.login("ada").logout();
 * }
 * }</pre>
 *
 * <p>On a class, it holds for every test in it, and in its {@code @Nested} classes. It is inherited, and can be put on an annotation of
 * your own. It works with {@code @Test}, {@code @ParameterizedTest}, {@code @RepeatedTest}, and with {@code @TestFactory}, whose dynamic
 * tests are judged together.
 *
 * <p>The live heap is compared before and after the test. Only if something grew, the test is repeated, unseen by reports; what grows
 * with every repetition is a leak. The test then fails with the retention chain from a GC root to the leaked objects.
 *
 * <p><b>Limits.</b> A test that fails by itself is not judged. A leak that does not happen in every run is missed unless
 * {@link #everyNthRun()} says how rare it may be. What a single run cannot show, such as the same object added again to a list that has room for it, is
 * missed unless {@link #screen()} is off.
 *
 * <p><b>Thread-safety.</b> The heap is that of the whole JVM, so the test takes JUnit's global resource lock: under parallel execution
 * nothing runs beside it.
 *
 * @see Configuration
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(HeapSpecExtension.class)
@ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
public @interface NoLeak {

    /** Which kinds of leak break the promise: all by default. */
    LeakKind[] watch() default {
        LeakKind.OBJECTS,
        LeakKind.THREADS,
        LeakKind.CLASS_LOADERS,
        LeakKind.THREAD_LOCALS,
        LeakKind.BUFFERS,
        LeakKind.FILES,
        LeakKind.NATIVE_MEMORY,
        LeakKind.SHUTDOWN_HOOKS,
        LeakKind.MBEANS,
        LeakKind.JDBC_DRIVERS,
        LeakKind.FILES_TO_DELETE
    };

    /** Kinds of leak that do not break the promise though {@link #watch()} names them: to switch off one or two. */
    LeakKind[] ignore() default {};

    /**
     * Retention that does not break the promise, each as {@code com.acme.Cache}, {@code com.acme.*} or
     * {@code com.acme.Cache:field,field}. A leak is allowed when its chain passes through an object or static field that matches.
     */
    String[] allow() default {};

    /** How the test is repeated. */
    Repeat repeat() default Repeat.WHOLE_LIFE_CYCLE;

    /** Growth per run and leak up to which the promise still holds, for example {@code "1 KiB"}; units are B, KiB, MiB and GiB. */
    String tolerance() default "0 B";

    /**
     * How rare a leak may be and still be caught, with 95 % certainty: 1 for a leak in every run, 13 for one run in 13. From 2 on, the
     * test is repeated even if its first run left nothing behind. Allowed are 1 to 100.
     */
    int everyNthRun() default 1;

    /**
     * Whether the test passes without being repeated where its first run left nothing behind. With {@code false} it is repeated all the same: that takes about a
     * second, and finds what a single run cannot show. {@value Configuration#NOLEAK_SCREEN_PROPERTY_NAME} does so for all tests.
     */
    boolean screen() default true;

    /**
     * Time for repetitions, for example {@code "5 s"}; when it is spent, the verdict is inconclusive. Units are ms, s and min. Empty for
     * {@value Configuration#NOLEAK_BUDGET_PROPERTY_NAME}.
     */
    String budget() default "";
}
