package io.heapspec.internal.baseline;

import io.heapspec.result.AllocationScope;
import java.util.Comparator;

/**
 * Which allocations of which test a baseline is about.
 *
 * @param test the test within its file: {@code Inner.parses(String)[#2]}
 * @param ofClass the class whose objects are meant, as {@link io.heapspec.result.AllocationLimit#ofClass()}
 * @param scope whose allocations are
 */
public record BaselineKey(String test, String ofClass, AllocationScope scope) implements Comparable<BaselineKey> {

    private static final Comparator<BaselineKey> ORDER = Comparator.comparing(BaselineKey::test)
            .thenComparing(BaselineKey::ofClass)
            .thenComparing(BaselineKey::scope);

    @Override
    public int compareTo(BaselineKey other) {
        return ORDER.compare(this, other);
    }
}
