package io.heapspec.assertj;

import io.heapspec.internal.deepsize.ObjectWalk;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractObjectAssert;

/**
 * Assertions on an object as what it is on the heap, beside those of AssertJ on any object.
 *
 * <p>Not thread-safe.
 *
 * @param <T> type of the object
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class HeapObjectAssert<T> extends AbstractObjectAssert<HeapObjectAssert<T>, T> {

    /** @param actual the object */
    public HeapObjectAssert(T actual) {
        super(actual, HeapObjectAssert.class);
    }

    /**
     * Begins an assertion on the size of the object with all that it refers to, as {@link io.heapspec.DeepSizes} measures it.
     *
     * <pre>{@code
     * assertThatObject(cache).deepSize().isAtMost("64 KiB");
     * }</pre>
     *
     * @throws IllegalStateException if objects cannot be read in this JVM, or JOL is missing
     */
    @CheckReturnValue
    public DeepSizeAssert deepSize() {
        isNotNull();
        return new DeepSizeAssert(ObjectWalk.from(actual));
    }
}
