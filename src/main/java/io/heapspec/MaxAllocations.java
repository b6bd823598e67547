package io.heapspec;

import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationScope;
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
 * Promises that the body of this test allocates no more than a limit, objects that die at once included.
 *
 * <pre>{@code
 * @Test
 * @MaxAllocations(objects = 12)
 * @MaxAllocations(objects = 0, of = Matcher.class)
 * void parsesWithoutGarbage() {
 *     parser.parse(json);
 * }
 * }</pre>
 *
 * <p>Several limits on one test are all kept. On a class, they hold for each test in it, and in its {@code @Nested} classes, that has none
 * of its own. They are inherited, and can be put on an annotation of your own. They work with {@code @Test}, {@code @ParameterizedTest} and
 * {@code @RepeatedTest}, each invocation for itself, and with {@code @TestFactory}, each dynamic test for itself.
 *
 * <p>The test's own run is counted by the class histogram and by the thread's own counter, without instrumentation. If it breaks a limit, the
 * test is repeated, unseen by reports, until two runs allocate the same, and that is what counts. Neither the framework nor the call of the
 * method is counted: an empty test allocates 0 objects.
 *
 * <p><b>Limits.</b> A test that fails by itself is not judged. Objects are counted by the histogram on Serial, Parallel and G1; other collectors
 * do not count garbage, and there instrumented code counts them where a limit depends on it.
 *
 * <p><b>Thread-safety.</b> The heap is that of the whole JVM, so the test takes JUnit's global resource lock: under parallel execution
 * nothing runs beside it.
 *
 * @see NoAllocations
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(MaxAllocations.All.class)
@ExtendWith(HeapSpecExtension.class)
@ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
public @interface MaxAllocations {

    /** The value of {@link #warmup()} that repeats a test, if it breaks a limit, until two runs allocate the same. */
    int UNTIL_SETTLED = -1;

    /** How many objects: 0 or more. Any number by default. */
    long objects() default AllocationLimit.NONE;

    /** How many bytes, for example {@code "1 KiB"}; units are B, KiB, MiB and GiB. Any size by default. */
    String bytes() default "";

    /** The class whose objects are meant, those of subclasses included; {@code String[].class} for arrays. All objects by default. */
    Class<?> of() default Object.class;

    /** Whose allocations count: by default those of the thread that runs the test. */
    AllocationScope scope() default AllocationScope.TEST_THREAD;

    /**
     * How the test is made warm: {@link #UNTIL_SETTLED} by default; 0 judges its first run, with all that it loads and links; from 1 on, its
     * body runs so often before it is measured, 20,000 times for what the just-in-time compiler leaves. At most 1,000,000. All limits of one
     * test have the same.
     */
    int warmup() default UNTIL_SETTLED;

    /**
     * Whether what was recorded is the limit, too: a text file next to the test resources,
     * {@code src/test/resources/com/acme/ParserTests.allocations.txt}, says what the test allocated then. A test that allocates more fails,
     * and one that allocates less is reported. It is written only where {@link Configuration#BASELINE_PROPERTY_NAME} says so; a test that has
     * none fails.
     */
    boolean baseline() default false;

    /** Several limits. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @ExtendWith(HeapSpecExtension.class)
    @ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
    @interface All {

        /** The limits. */
        MaxAllocations[] value();
    }
}
