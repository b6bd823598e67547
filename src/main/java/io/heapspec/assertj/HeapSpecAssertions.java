package io.heapspec.assertj;

import io.heapspec.heap.HeapGraph;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.DeepSize;
import io.heapspec.result.Trace;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.assertj.core.api.InstanceOfAssertFactory;

/**
 * Entry points of HeapSpec's assertions. Needs AssertJ on the class path, which is an optional dependency.
 *
 * <pre>{@code
 * import static io.heapspec.assertj.HeapSpecAssertions.assertThat;
 *
 * AllocationProfile profile = Allocations.of(() -> parser.parse(json));
 * assertThat(profile).allocatedNoMoreThan(12).of(String.class);
 * }</pre>
 *
 * <p>Softly: {@code softly.proxy(AllocationProfileAssert.class, AllocationProfile.class, profile)}.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public final class HeapSpecAssertions {

    /** Narrows what is asserted to be an allocation profile: {@code assertThat(object).asInstanceOf(ALLOCATION_PROFILE)}. */
    public static final InstanceOfAssertFactory<AllocationProfile, AllocationProfileAssert> ALLOCATION_PROFILE =
            new InstanceOfAssertFactory<>(AllocationProfile.class, AllocationProfileAssert::new);

    /** Narrows what is asserted to be a deep size: {@code assertThat(object).asInstanceOf(DEEP_SIZE)}. */
    public static final InstanceOfAssertFactory<DeepSize, DeepSizeAssert> DEEP_SIZE =
            new InstanceOfAssertFactory<>(DeepSize.class, DeepSizeAssert::new);

    private HeapSpecAssertions() {}

    /** Returns assertions on an object as what it is on the heap: {@code assertThatObject(cache).deepSize().isAtMost("64 KiB")}. */
    public static <T> HeapObjectAssert<T> assertThatObject(T actual) {
        return new HeapObjectAssert<>(actual);
    }

    /** Returns assertions on whether what a reference leads to can be collected: {@code assertThatReference(weak).isCollected()}. */
    public static ReferenceAssert assertThatReference(Reference<?> actual) {
        return new ReferenceAssert(actual);
    }

    /** Returns assertions on whether what a weak reference leads to can be collected: {@code assertThat(weak).isCollected()}. */
    public static ReferenceAssert assertThat(WeakReference<?> actual) {
        return new ReferenceAssert(actual);
    }

    /** Returns assertions on a deep size. */
    public static DeepSizeAssert assertThat(DeepSize actual) {
        return new DeepSizeAssert(actual);
    }

    /** Returns assertions on a heap dump: {@code assertThat(dump).hasNoInstancesOf("com.acme.Session")}. */
    public static HeapGraphAssert assertThat(HeapGraph actual) {
        return new HeapGraphAssert(actual);
    }

    /** Returns assertions on what was recorded of a test: {@code assertThat(trace).events("com.acme.OrderPlaced").hasCount(2)}. */
    public static TraceAssert assertThat(Trace actual) {
        return new TraceAssert(actual);
    }

    /** Returns assertions on what some code allocated. */
    public static AllocationProfileAssert assertThat(AllocationProfile actual) {
        return new AllocationProfileAssert(actual);
    }
}
