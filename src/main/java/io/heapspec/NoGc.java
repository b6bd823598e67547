package io.heapspec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that the garbage collector does not pause the body of this test at all: {@code @MaxGcPauses(count = 0)}.
 *
 * <pre>{@code
 * @Test
 * @NoGc
 * void parsesWithoutCollecting() {
 *     parser.parse(DOCUMENT);
 * }
 * }</pre>
 *
 * <p>Every collection begins with a pause, so nothing is collected either. What a body may allocate before the collector comes is the size of the
 * young generation, which depends on the heap: set it with {@code -Xmx} and {@code -Xmn} in your test JVM.
 *
 * <p><b>Thread-safety.</b> As {@link MaxGcPauses}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@MaxGcPauses(count = 0)
public @interface NoGc {}
