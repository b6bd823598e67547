package io.heapspec.assertj;

import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.PathFinder;
import io.heapspec.heap.RetainedSizes;
import io.heapspec.heap.RootPath;
import io.heapspec.internal.report.ChainText;
import io.heapspec.internal.retention.PathWords;
import io.heapspec.internal.util.Bytes;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on those instances of a class in a heap dump that are strongly reachable.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class InstancesAssert extends AbstractAssert<InstancesAssert, List<RootPath>> {
    private final HeapGraph graph;
    private final String className;

    InstancesAssert(HeapGraph graph, String className) {
        super(PathFinder.of(graph).shortest(graph.objectsOf(className).toArray()), InstancesAssert.class);
        this.graph = graph;
        this.className = className;
    }

    /**
     * Verifies that there is none.
     *
     * @throws AssertionError if there is one; its message shows what holds it
     */
    public InstancesAssert isEmpty() {
        if (!actual.isEmpty()) {
            throw failure("%s", "expected no instance of " + className + ", but " + found());
        }
        return this;
    }

    /**
     * Verifies that there are no more than a limit.
     *
     * @throws AssertionError if there are more; its message shows what holds the first
     */
    public InstancesAssert hasAtMost(int limit) {
        if (actual.size() > limit) {
            String expected = limit == 1 ? "1 instance" : String.format(Locale.ROOT, "%,d instances", limit);
            throw failure("%s", "expected at most " + expected + " of " + className + ", but " + found());
        }
        return this;
    }

    /**
     * Verifies that there are so many.
     *
     * @throws AssertionError if there are more or fewer
     */
    public InstancesAssert hasSize(int count) {
        if (actual.size() != count) {
            String expected = count == 1 ? "1 instance" : String.format(Locale.ROOT, "%,d instances", count);
            throw failure("%s", "expected " + expected + " of " + className + ", but " + found());
        }
        return this;
    }

    /**
     * Verifies that what would die with all of them is smaller than a limit.
     *
     * @param limit a number and one of B, KiB, MiB and GiB, such as {@code "10 MiB"}
     * @throws AssertionError if it is not; its message shows what holds the first
     * @throws IllegalArgumentException if the limit is no size; the message says what is allowed
     */
    public InstancesAssert retainLessThan(String limit) {
        long bytes = Bytes.parse(limit);
        RetainedSizes sizes = RetainedSizes.of(
                graph, actual.stream().mapToInt(RootPath::target).toArray());
        if (sizes.bytesTogether() >= bytes) {
            String retained = String.format(
                    Locale.ROOT,
                    "they retain %s in %,d objects; ",
                    Bytes.exact(sizes.bytesTogether()),
                    sizes.objectsTogether());
            throw failure(
                    "%s",
                    "expected instances of " + className + " to retain less than " + Bytes.exact(bytes) + ", but "
                            + retained + found());
        }
        return this;
    }

    private String found() {
        if (actual.isEmpty()) {
            return "there is none";
        }
        String count = actual.size() == 1
                ? "there is 1, held by:"
                : String.format(Locale.ROOT, "there are %,d, the first held by:", actual.size());
        List<String> chain = ChainText.lines(new PathWords(graph).of(actual.get(0)), className, "");
        return count + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", chain);
    }
}
