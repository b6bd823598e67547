package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Classes that may leak, as ids of a {@link ClassTable}.
 *
 * @param piling classes whose number of objects grew
 * @param stretching classes of arrays that became more or longer. A list to which the same object is added again and again, or a buffer
 *     that is never emptied, has no other sign, and shows it only when its array is replaced by a longer one, every so many runs
 */
record Suspects(int[] piling, int[] stretching) {

    private static final long LEAST_PRIMITIVE = 1024;

    /** Nothing grew. */
    static final Suspects NONE = new Suspects(new int[0], new int[0]);

    /** Names what grew from one census to another. */
    static Suspects grownBetween(Census before, Census after, ClassTable classes) {
        int[] piling = IntStream.range(0, after.limit())
                .filter(id -> after.count(id) > before.count(id))
                .toArray();
        return new Suspects(piling, stretched(1, before, after, classes));
    }

    /** Names the array classes that have at least so many bytes more; of primitive ones, whose lengths vary with every name, 1 KiB. */
    private static int[] stretched(long least, Census before, Census after, ClassTable classes) {
        return IntStream.range(0, after.limit())
                .filter(id -> after.bytes(id) - before.bytes(id) >= least && classes.isArray(id))
                .filter(id -> classes.isReferenceArray(id) || after.bytes(id) - before.bytes(id) >= LEAST_PRIMITIVE)
                .toArray();
    }

    /** Suspects every class there is. */
    static Suspects everything(ClassTable classes) {
        int[] all = IntStream.range(0, classes.size()).toArray();
        return new Suspects(
                all, Arrays.stream(all).filter(classes::isReferenceArray).toArray());
    }

    boolean isEmpty() {
        return piling.length == 0 && stretching.length == 0;
    }

    /** Keeps the arrays that became longer. */
    Suspects stretchingOnly() {
        return new Suspects(NONE.piling, stretching);
    }

    /** Suspects of piling up all classes that have at least so many objects more, and of stretching the same arrays as before. */
    Suspects pilingAnew(long atLeast, Census before, Census after, IntPredicate ignored) {
        int[] grown = IntStream.range(0, after.limit())
                .filter(id -> after.count(id) - before.count(id) >= atLeast && !ignored.test(id))
                .toArray();
        return new Suspects(grown, stretching);
    }

    /**
     * Suspects the same classes of piling up, and of stretching those that have at least so many bytes more: arrays of references, and
     * of primitive ones those that are known to.
     */
    Suspects stretchingAfter(
            long bytes, int[] known, Census before, Census after, ClassTable classes, IntPredicate ignored) {
        int[] stretched = Arrays.stream(stretched(bytes, before, after, classes))
                .filter(ignored.negate())
                .filter(id -> classes.isReferenceArray(id) || contains(known, id))
                .toArray();
        return new Suspects(piling, stretched);
    }

    /** Tells whether one of these classes is an array that stretches. */
    boolean stretchesAnyOf(int[] classIds) {
        return Arrays.stream(stretching).anyMatch(id -> contains(classIds, id));
    }

    private static boolean contains(int[] ids, int id) {
        return Arrays.stream(ids).anyMatch(each -> each == id);
    }

    /** Keeps, of the classes that pile up, those with at least so many objects more. */
    Suspects pilingBy(long atLeast, Census before, Census after) {
        int[] kept = Arrays.stream(piling)
                .filter(id -> after.count(id) - before.count(id) >= atLeast)
                .toArray();
        return new Suspects(kept, stretching);
    }

    /** Suspects the classes that a predicate names no longer of piling up. */
    Suspects pilingWithout(IntPredicate acquitted) {
        return new Suspects(Arrays.stream(piling).filter(acquitted.negate()).toArray(), stretching);
    }

    /** Takes all classes out that a predicate names, and puts others in. */
    Suspects replacing(IntPredicate out, IntStream in) {
        int[] kept = IntStream.concat(Arrays.stream(piling).filter(out.negate()), in)
                .sorted()
                .toArray();
        return new Suspects(kept, Arrays.stream(stretching).filter(out.negate()).toArray());
    }

    /** Returns by how many objects the suspected class grew that grew most. */
    long largestGrowth(Census before, Census after) {
        return Arrays.stream(piling)
                .mapToLong(id -> after.count(id) - before.count(id))
                .max()
                .orElse(0);
    }

    /** Names all suspects, for the log. */
    String describe(ClassTable classes) {
        return Stream.of(piling, stretching)
                .map(ids -> Arrays.stream(ids).mapToObj(classes::nameOf).collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(" piling up, ", "", " stretching"));
    }
}
