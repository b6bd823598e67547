package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the addresses of a dump tell about sizes. An object is never larger than its distance to the next object, and
 * in a heap that was just compacted nearly always exactly as large.
 *
 * <p>The dump itself does not say whether references were compressed or how long headers were. For arrays the size
 * follows from layout and length alone, so the layout that explains the most distances behind arrays is the true one.
 */
final class AddressEvidence {
    private static final int SAMPLED_ARRAYS = 1 << 15;
    /** Nothing real is smaller; identifiers that are closer together are no addresses. */
    private static final int SMALLEST_OBJECT = 8;

    /** The VM obeys {@code @Contended} in classes of the JDK only; these are or were so marked, JDK 17 to 25. */
    private static final Set<String> PADDED_CLASSES = Set.of(
            "java.lang.Thread",
            "java.util.concurrent.ConcurrentHashMap$CounterCell",
            "java.util.concurrent.Exchanger$Node",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ForkJoinPool$WorkQueue",
            "java.util.concurrent.SubmissionPublisher$BufferedSubscription",
            "java.util.concurrent.atomic.Striped64$Cell");
    /** {@code @Contended} pads by 128 bytes on both sides, once or for a few groups of fields. */
    private static final int SMALLEST_PADDING = 2 * 128 - 16;

    private static final int LARGEST_PADDING = 8 * 128;

    private final HprofBytes bytes;
    private final ObjectTable objects;
    private final ClassTable classes;
    private final boolean[] isArray;
    private final long[] smallestGap;
    private final int[] types = new int[SAMPLED_ARRAYS];
    private final long[] lengths = new long[SAMPLED_ARRAYS];
    private final long[] gaps = new long[SAMPLED_ARRAYS];
    private final int every;
    private int sampled;
    private long addressBits;
    private boolean spaced = true;

    private int next;
    private long previousId;

    AddressEvidence(HprofBytes bytes, ObjectTable objects, ClassTable classes) {
        this.bytes = bytes;
        this.objects = objects;
        this.classes = classes;
        isArray = new boolean[classes.count()];
        for (int c = 0; c < isArray.length; c++) {
            isArray[c] = classes.get(c).isArray();
        }
        smallestGap = new long[classes.count()];
        Arrays.fill(smallestGap, Long.MAX_VALUE);
        every = objects.index().count() / SAMPLED_ARRAYS + 1;
        objects.index().forEachId(this::see);
    }

    private void see(long id) {
        addressBits |= id;
        int before = next++ - 1;
        if (before >= 0) {
            long gap = id - previousId;
            gap = gap < 0 ? Long.MAX_VALUE : gap;
            spaced &= gap >= SMALLEST_OBJECT;
            int number = objects.classNumber(before);
            if (!isArray[number]) {
                smallestGap[number] = Math.min(smallestGap[number], gap);
            } else if (before % every == 0) {
                sample(before, gap);
            }
        }
        previousId = id;
    }

    private void sample(int object, long gap) {
        long position = objects.position(object);
        int tag = bytes.u1(position);
        if (tag == HeapRecordCursor.OBJECT_ARRAY || tag == HeapRecordCursor.PRIMITIVE_ARRAY) {
            boolean references = tag == HeapRecordCursor.OBJECT_ARRAY;
            types[sampled] = references ? BasicType.OBJECT : bytes.u1(position + 9 + bytes.idSize());
            lengths[sampled] = bytes.u4(position + 5 + bytes.idSize());
            gaps[sampled++] = gap;
        }
    }

    /** Returns what all objects are aligned to, in bytes: 8, or a higher power of two if the VM was told so. */
    private int alignment() {
        long lowest = Long.lowestOneBit(addressBits);
        return lowest >= 8 && lowest <= 256 ? (int) lowest : 8;
    }

    /** Returns the layout that fits best; when addresses tell nothing, the commonest one. */
    Verdict verdict() {
        List<MemoryLayout> candidates = MemoryLayout.candidates(bytes.idSize(), alignment());
        Verdict best = judge(candidates.get(0));
        for (MemoryLayout candidate : candidates) {
            Verdict verdict = judge(candidate);
            if (verdict.tight > best.tight && verdict.possible || !best.possible && verdict.possible) {
                best = verdict;
            }
        }
        return best;
    }

    private Verdict judge(MemoryLayout layout) {
        int exact = 0;
        boolean possible = sampled > 0 && spaced;
        for (int i = 0; i < sampled; i++) {
            long size = layout.arraySize(types[i], lengths[i]);
            possible &= size <= gaps[i];
            exact += size == gaps[i] ? 1 : 0;
        }
        return new Verdict(layout, possible, sampled == 0 ? 0 : (double) exact / sampled);
    }

    /** Corrects the size that a model gives for the instances of a class by the smallest distance behind any. */
    long correct(int classNumber, long modelled, Verdict verdict) {
        long gap = smallestGap[classNumber];
        long more = gap - modelled;
        boolean padded = more >= SMALLEST_PADDING
                && more <= LARGEST_PADDING
                && PADDED_CLASSES.contains(classes.get(classNumber).name());
        return padded && verdict.possible ? gap : verdict.correct(modelled, gap);
    }

    /** Returns the smallest distance behind a class object without static fields, or {@link Long#MAX_VALUE}. */
    long smallestClassObject() {
        long smallest = Long.MAX_VALUE;
        for (int c = 0; c < classes.count(); c++) {
            HeapClass each = classes.get(c);
            if (each.object() >= 0 && each.staticFields().isEmpty()) {
                smallest = Math.min(smallest, objects.gapBehind(each.object()));
            }
        }
        return smallest;
    }

    /**
     * How well one layout explains the distances.
     *
     * @param layout the layout
     * @param possible whether it contradicts none; false also when there is none
     * @param tight the share of arrays whose size it says is exactly the distance
     */
    record Verdict(MemoryLayout layout, boolean possible, double tight) {
        /**
         * Corrects a modelled size by the distance to the next object.
         *
         * <p>A smaller distance proves the model wrong, and so does a larger one if not even the smallest object fits
         * into the difference: then the VM has injected a field. A much larger one means little, since dead objects are
         * left out of the dump.
         */
        long correct(long modelled, long gap) {
            return possible && gap - modelled < layout.smallestObject() ? gap : modelled;
        }
    }
}
