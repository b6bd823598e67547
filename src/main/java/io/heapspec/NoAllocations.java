package io.heapspec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that the body of this test allocates nothing once it is warm: {@code @MaxAllocations(objects = 0)}.
 *
 * <pre>{@code
 * @Test
 * @NoAllocations
 * void looksUpWithoutGarbage() {
 *     table.find(42);
 * }
 * }</pre>
 *
 * <p><b>Thread-safety.</b> As {@link MaxAllocations}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@MaxAllocations(objects = 0)
public @interface NoAllocations {}
