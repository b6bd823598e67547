package io.heapspec.assertj;

import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.ClassAllocations;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.annotation.CheckReturnValue;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on what some code allocated.
 *
 * <p>Where the {@linkplain AllocationProfile#certification() witnesses disagree}, what may have been allocated at most is held against a limit, so
 * that no uncertain count passes; the failure says what disagrees.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // AssertJ is optional: who asserts requires it, and nobody else has to
public class AllocationProfileAssert extends AbstractAssert<AllocationProfileAssert, AllocationProfile> {

    private static final int MOST_CLASSES = 8;

    /** @param actual what was allocated */
    public AllocationProfileAssert(AllocationProfile actual) {
        super(actual, AllocationProfileAssert.class);
    }

    /**
     * Begins an assertion on a number of objects or bytes; what follows says of what.
     *
     * <pre>{@code
     * assertThat(profile).allocatedNoMoreThan(12).of(String.class);
     * assertThat(profile).allocatedNoMoreThan(1_024).bytes();
     * }</pre>
     *
     * @param limit the limit, 0 or more
     */
    @CheckReturnValue
    public Limit allocatedNoMoreThan(long limit) {
        return new Limit(this, limit);
    }

    /**
     * Verifies that no more than so many objects were allocated.
     *
     * @throws AssertionError if there were more, or may have been
     */
    public AllocationProfileAssert hasObjectsAtMost(long limit) {
        isNotNull();
        if (actual.objectsAtMost() > limit) {
            throw failure("%s", tooMuch("objects", actual.objects(), actual.objectsAtMost(), limit));
        }
        return this;
    }

    /**
     * Verifies that no more than so many objects of a class were allocated, those of subclasses not included.
     *
     * @throws AssertionError if there were more, or may have been
     */
    public AllocationProfileAssert hasObjectsAtMost(long limit, Class<?> type) {
        isNotNull();
        String name = type.getTypeName();
        if (actual.objectsOfAtMost(name) > limit) {
            throw failure(
                    "%s", tooMuch("objects of " + name, actual.objectsOf(name), actual.objectsOfAtMost(name), limit));
        }
        return this;
    }

    /**
     * Verifies that lines of a class allocated no more than so many objects, by themselves or by calling the JDK. Classes within it count as it.
     *
     * @throws AssertionError if they allocated more, or if lines are not known: only {@link io.heapspec.Allocations#traced} looks for them
     */
    public AllocationProfileAssert hasObjectsAtMostInCodeOf(long limit, Class<?> code) {
        String name = code.getName();
        return hasObjectsAtMostAt(limit, "objects in code of " + name, site -> isCodeOf(name, site));
    }

    /**
     * Verifies that a thread allocated no more than so many objects.
     *
     * @param thread its name
     * @throws AssertionError if it allocated more, or if threads are not known: only {@link io.heapspec.Allocations#traced} tells them apart
     */
    public AllocationProfileAssert hasObjectsAtMostOnThread(long limit, String thread) {
        return hasObjectsAtMostAt(
                limit,
                "objects on thread \"" + thread + "\"",
                site -> site.thread().equals(thread));
    }

    private AllocationProfileAssert hasObjectsAtMostAt(long limit, String what, Predicate<AllocationSite> where) {
        isNotNull();
        if (actual.sites().isEmpty() && actual.objectsAtMost() > 0) {
            String why = actual.trace().note();
            throw failure(
                    "%s",
                    "expected at most " + limit + " " + what + ", but no lines are known"
                            + (why.isEmpty() ? ": Allocations.traced looks for them" : ": " + why));
        }
        List<AllocationSite> sites = actual.sites().stream().filter(where).toList();
        long found = sites.stream().mapToLong(AllocationSite::objects).sum();
        if (found > limit) {
            String lines = sites.stream()
                    .limit(MOST_CLASSES)
                    .map(each -> String.format("%n  %d × %s, %d B", each.objects(), each.className(), each.bytes())
                            + (each.stack().isEmpty()
                                    ? ""
                                    : String.format(
                                            "%n      at %s", each.stack().get(0))))
                    .collect(Collectors.joining());
            throw failure("%s", "expected at most " + limit + " " + what + ", but there were " + found + ":" + lines);
        }
        return this;
    }

    private static boolean isCodeOf(String className, AllocationSite site) {
        if (site.stack().isEmpty()) {
            return false;
        }
        String line = site.stack().get(0).getClassName();
        return line.equals(className) || line.startsWith(className + "$");
    }

    /**
     * Verifies that the thread allocated no more than so many bytes. Its own counter is exact, whatever else is certain.
     *
     * @throws AssertionError if it allocated more
     */
    public AllocationProfileAssert hasBytesAtMost(long limit) {
        isNotNull();
        if (actual.bytes() > limit) {
            throw failure("%s", tooMuch("bytes", actual.bytes(), actual.bytes(), limit));
        }
        return this;
    }

    /**
     * Verifies that nothing was allocated.
     *
     * @throws AssertionError if anything was
     */
    public AllocationProfileAssert allocatedNothing() {
        return hasBytesAtMost(0);
    }

    /**
     * Verifies that no more bytes were allocated than by other code, and no more objects of any class.
     *
     * @throws AssertionError if there were
     */
    public AllocationProfileAssert isNoMoreThan(AllocationProfile other) {
        isNotNull();
        String more = actual.classes().stream()
                .filter(each -> actual.objectsOfAtMost(each.className()) > other.objectsOf(each.className()))
                .map(each -> String.format(
                        "%n  %s, not %d × %s", amount(each), other.objectsOf(each.className()), each.className()))
                .collect(Collectors.joining());
        if (actual.bytes() > other.bytes() || !more.isEmpty()) {
            throw failure(
                    "expected no more allocations than %d B in %d objects, but there were %d B in %d objects%s%s",
                    other.bytes(), other.objects(), actual.bytes(), actual.objects(), more, certainty());
        }
        return this;
    }

    /**
     * Verifies that the witnesses agree: the count of objects is exact.
     *
     * @throws AssertionError if they do not
     */
    public AllocationProfileAssert isCertified() {
        isNotNull();
        if (!actual.certification().isExact()) {
            throw failure("expected a certified count, but it is %s", actual.certification());
        }
        return this;
    }

    private String tooMuch(String what, long counted, long most, long limit) {
        String found = counted == most ? String.valueOf(counted) : counted + " to " + most;
        return String.format(
                "expected at most %d %s, but there were %s:%s%s", limit, what, found, classes(), certainty());
    }

    private String classes() {
        String shown = actual.classes().stream()
                .limit(MOST_CLASSES)
                .map(each -> String.format("%n  %s", amount(each)))
                .collect(Collectors.joining());
        int more = actual.classes().size() - MOST_CLASSES;
        return more > 0 ? shown + String.format("%n  ... and %d more classes", more) : shown;
    }

    private static String amount(ClassAllocations each) {
        return each.objects() + " × " + each.className() + ", " + each.bytes() + " B";
    }

    private String certainty() {
        return actual.certification().isExact()
                ? ""
                : String.format("%nThis count is not certified: %s", actual.certification());
    }

    /** A limit of which it is still to be said what it is about. */
    public static final class Limit {

        private final AllocationProfileAssert asserted;
        private final long limit;

        private Limit(AllocationProfileAssert asserted, long limit) {
            this.asserted = asserted;
            this.limit = limit;
        }

        /**
         * Verifies that there were no more objects.
         *
         * @throws AssertionError if there were, or may have been
         */
        public AllocationProfileAssert objects() {
            return asserted.hasObjectsAtMost(limit);
        }

        /**
         * Verifies that there were no more objects of a class, those of subclasses not included.
         *
         * @throws AssertionError if there were, or may have been
         */
        public AllocationProfileAssert of(Class<?> type) {
            return asserted.hasObjectsAtMost(limit, type);
        }

        /**
         * Verifies that lines of a class allocated no more objects.
         *
         * @throws AssertionError if they did, or if lines are not known
         */
        public AllocationProfileAssert inCodeOf(Class<?> code) {
            return asserted.hasObjectsAtMostInCodeOf(limit, code);
        }

        /**
         * Verifies that a thread allocated no more objects.
         *
         * @param thread its name
         * @throws AssertionError if it did, or if threads are not known
         */
        public AllocationProfileAssert onThread(String thread) {
            return asserted.hasObjectsAtMostOnThread(limit, thread);
        }

        /**
         * Verifies that the thread allocated no more bytes.
         *
         * @throws AssertionError if it did
         */
        public AllocationProfileAssert bytes() {
            return asserted.hasBytesAtMost(limit);
        }
    }
}
