package io.heapspec;

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
 * Promises that nothing this test does keeps a class loader alive: it runs in one of its own, which has to be collected afterwards.
 *
 * <pre>{@code
 * @Test
 * @NoClassLoaderLeak
 * void undeploysThePlugin() {
 *     new Plugin().start().stop();
 * }
 * }</pre>
 *
 * <p>On a class, it holds for every test in it, and in its {@code @Nested} classes. It is inherited, and can be put on an annotation of
 * your own. It works with {@code @Test}, {@code @ParameterizedTest} and {@code @RepeatedTest}.
 *
 * <p>The test class is loaded again for each test, with all it uses but the JDK, JUnit and HeapSpec. Its constructor, {@code @BeforeAll},
 * {@code @BeforeEach}, the test, {@code @AfterEach} and {@code @AfterAll} run there, with the loader as the thread's context class loader. The
 * loader then has to be collected; if it is not, the test fails with the retention chain from a GC root to it.
 *
 * <p><b>Limits.</b> A test that fails by itself is not judged. The tests have to be on the class path, not on the module path. Extensions and
 * argument providers work outside: what they hand to a test has to be of the JDK or of packages that stay outside. {@code @TestFactory} is not
 * supported, nor are parameters of constructors.
 *
 * <p><b>Thread-safety.</b> Collections are forced and the heap may be dumped, so the test takes JUnit's global resource lock: under parallel
 * execution nothing runs beside it.
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
public @interface NoClassLoaderLeak {

    /**
     * Packages, with all below them, or classes that stay outside of the loader, for example {@code "org.slf4j"}; in addition to
     * {@value Configuration#CLASSLOADER_OUTSIDE_PROPERTY_NAME}.
     */
    String[] outside() default {};

    /**
     * What has to be done so that the loader can be collected: run in the loader after the test, by a constructor without parameters. The
     * promise is then that the cure works: without it the loader is kept, and with it it is collected. None by default.
     */
    Class<? extends Runnable> cure() default Runnable.class;

    /** Why the loader is still kept, if that is known and expected; the promise is then that it is. Empty by default. */
    String expectLeak() default "";

    /** How long the loader may be kept by what is about to end, such as threads: for example {@code "10 s"}; units are ms, s and min. */
    String patience() default "3 s";
}
