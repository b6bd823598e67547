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
 * Documents a leak that is known: the test passes only while the leak is there, and fails when it is fixed.
 *
 * <pre>{@code
 * @Test
 * @ExpectLeak(reason = "SHOP-1234: sessions are never removed")
 * void logoutKeepsTheSession() {
 *     server.login("ada").logout();
 * }
 * }</pre>
 *
 * <p>The test is judged as {@link NoLeak} judges it, and always repeated. With a {@link #fingerprint()}, that leak has to be there, and any
 * other still fails the test; without one, any leak will do. Where it cannot be judged, the verdict is inconclusive as ever.
 *
 * <p>It stands beside {@code @NoLeak} or alone. The nearest element that has either of them decides, the method first, then its class and the
 * classes around that: {@code @ExpectLeak} on a method replaces the promise of the class, and {@code @NoLeak} alone on a method is a promise
 * though the class expects leaks. Attributes such as {@code everyNthRun} are those of the {@code @NoLeak} beside it or, where there is none,
 * of the nearest around it.
 *
 * <p><b>Limits.</b> A leak that is allowed, tolerated or not watched is not the one that is expected.
 *
 * <p><b>Thread-safety.</b> As {@link NoLeak}: the test takes JUnit's global resource lock.
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
public @interface ExpectLeak {

    /** Why the leak is still there, for example the bug that is about it; not blank. */
    String reason();

    /** The fingerprint of the leak, as its failure shows it; empty for any leak. */
    String fingerprint() default "";
}
