package io.heapspec.assertj;

import io.heapspec.internal.util.Bytes;
import io.heapspec.result.ClassFootprint;
import io.heapspec.result.DeepSize;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on the size of an object with all that it refers to. Failures show of which classes that is.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class DeepSizeAssert extends AbstractAssert<DeepSizeAssert, DeepSize> {

    private static final int MOST_CLASSES = 8;

    /** @param actual the size */
    public DeepSizeAssert(DeepSize actual) {
        super(actual, DeepSizeAssert.class);
    }

    /**
     * Verifies that the size is no larger than a limit.
     *
     * @param limit a number and one of B, KiB, MiB and GiB, such as {@code "64 KiB"}
     * @throws AssertionError if it is larger
     * @throws IllegalArgumentException if the limit is no size; the message says what is allowed
     */
    public DeepSizeAssert isAtMost(String limit) {
        return isAtMost(Bytes.parse(limit));
    }

    /**
     * Verifies that the size is no larger than a limit.
     *
     * @param bytes the limit, in bytes
     * @throws AssertionError if it is larger
     */
    public DeepSizeAssert isAtMost(long bytes) {
        isNotNull();
        if (actual.bytes() > bytes) {
            throw failure(
                    "%s",
                    "expected a deep size of at most " + Bytes.exact(bytes) + ", but it is "
                            + Bytes.exact(actual.bytes()) + ":" + classes());
        }
        return this;
    }

    /**
     * Verifies that the object and what it refers to are no more objects than a limit.
     *
     * @param limit the limit, 1 or more: the object itself counts
     * @throws AssertionError if they are more
     */
    public DeepSizeAssert hasObjectsAtMost(long limit) {
        isNotNull();
        if (actual.objects() > limit) {
            throw failure(
                    "%s",
                    String.format(
                            Locale.ROOT,
                            "expected at most %,d objects, but there are %,d:%s",
                            limit,
                            actual.objects(),
                            classes()));
        }
        return this;
    }

    /**
     * Verifies that the size is no larger than another.
     *
     * @throws AssertionError if it is larger
     */
    public DeepSizeAssert isNoMoreThan(DeepSize other) {
        return isAtMost(other.bytes());
    }

    private String classes() {
        List<ClassFootprint> all = actual.classes();
        String shown = all.stream()
                .limit(MOST_CLASSES)
                .map(each -> String.format(
                        Locale.ROOT, "%n  %,d × %s, %s", each.objects(), each.className(), Bytes.exact(each.bytes())))
                .collect(Collectors.joining());
        int more = all.size() - MOST_CLASSES;
        return more > 0 ? shown + String.format("%n  ... and %d more classes", more) : shown;
    }
}
