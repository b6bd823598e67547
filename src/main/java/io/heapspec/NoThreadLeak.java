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
 * Promises that no thread is left: all that were started have ended when the scope ends.
 *
 * <pre>{@code
 * @NoThreadLeak
 * class MailerTests {
 *     static Mailer mailer;
 *
 *     @AfterAll
 *     static void close() {
 *         mailer.close();
 *     }
 * }
 * }</pre>
 *
 * <p>On a class, the scope is the whole class with its {@code @Nested} classes: from before {@code @BeforeAll} to after {@code @AfterAll}, judged
 * once, also where a test failed. On a method, it is one test with its {@code @BeforeEach} and {@code @AfterEach}. It is inherited, and
 * can be put on an annotation of your own.
 *
 * <p>Threads that are about to end get the time to. Daemon threads and virtual threads count like others; the JVM's own threads, idle workers
 * of its shared pools, and threads of the tools that run the tests do not. What fails tells name, state and stack of each thread.
 *
 * <p><b>Limits.</b> Virtual threads are seen from JDK 21 on. A thread that was alive before the scope is not looked at, whatever it does.
 *
 * <p><b>Thread-safety.</b> Threads are those of the whole JVM, so the test or class takes JUnit's global resource lock: under parallel
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
public @interface NoThreadLeak {

    /**
     * How long threads have to end, for example {@code "5 s"}; nobody waits longer than it takes. Units are ms, s and min. Empty for
     * {@value Configuration#THREADS_LINGER_PROPERTY_NAME}.
     */
    String linger() default "";

    /**
     * Threads that may be left, by name: {@code refresher}, or {@code pool-*-thread-*} with {@code *} for any characters. A pattern has to match
     * the whole name; an empty one means virtual threads without a name. Beside those of {@value Configuration#THREADS_ALLOW_PROPERTY_NAME}.
     */
    String[] allow() default {};

    /** Whether an exception that nobody caught on a thread of the scope breaks the promise. */
    boolean failOnUncaught() default true;
}
