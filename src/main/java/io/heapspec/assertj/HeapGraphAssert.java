package io.heapspec.assertj;

import io.heapspec.heap.DominatorTree;
import io.heapspec.heap.HeapGraph;
import io.heapspec.internal.util.Bytes;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a heap dump. Failures show the chain that holds the objects.
 *
 * <pre>{@code
 * try (HeapGraph dump = HeapGraph.open(file)) {
 *     assertThat(dump).hasNoInstancesOf("com.acme.Session").retainsLessThan("10 MiB");
 *     assertThat(dump).instancesOf("com.acme.Cache").hasAtMost(1).retainLessThan("1 MiB");
 * }
 * }</pre>
 *
 * <p>Only what is strongly reachable counts: a dump may contain garbage, and what is referred to weakly.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class HeapGraphAssert extends AbstractAssert<HeapGraphAssert, HeapGraph> {

    /** @param actual the dump, which has to stay open */
    public HeapGraphAssert(HeapGraph actual) {
        super(actual, HeapGraphAssert.class);
    }

    /**
     * Verifies that no instance of a class is strongly reachable; instances of subclasses do not count.
     *
     * @param className the name in Java form, for instance {@code com.acme.Foo$Bar}
     * @throws AssertionError if there is one; its message shows what holds it
     */
    public HeapGraphAssert hasNoInstancesOf(String className) {
        instancesOf(className).isEmpty();
        return this;
    }

    /**
     * Verifies that no instance of a class is strongly reachable; instances of subclasses do not count.
     *
     * @throws AssertionError if there is one; its message shows what holds it
     */
    public HeapGraphAssert hasNoInstancesOf(Class<?> type) {
        return hasNoInstancesOf(type.getTypeName());
    }

    /**
     * Returns assertions on the instances of a class that are strongly reachable; those of subclasses are not among them.
     *
     * @param className the name in Java form; if there is no such class, there are no instances
     */
    public InstancesAssert instancesOf(String className) {
        isNotNull();
        InstancesAssert instances = new InstancesAssert(actual, className);
        return info.hasDescription() ? instances.as(info.description()) : instances;
    }

    /**
     * Verifies that all strongly reachable objects together are smaller than a limit.
     *
     * @param limit a number and one of B, KiB, MiB and GiB, such as {@code "10 MiB"}
     * @throws AssertionError if they are not; its message names the objects that retain most
     * @throws IllegalArgumentException if the limit is no size; the message says what is allowed
     */
    public HeapGraphAssert retainsLessThan(String limit) {
        isNotNull();
        long bytes = Bytes.parse(limit);
        DominatorTree tree = DominatorTree.of(actual);
        if (tree.reachableSize() >= bytes) {
            String found = String.format(
                    Locale.ROOT,
                    "expected less than %s to be reachable, but it is %s in %,d objects; most is retained by:%s",
                    Bytes.exact(bytes),
                    Bytes.exact(tree.reachableSize()),
                    tree.reachableObjects(),
                    LargestRetainers.of(actual, tree));
            throw failure("%s", found);
        }
        return this;
    }
}
