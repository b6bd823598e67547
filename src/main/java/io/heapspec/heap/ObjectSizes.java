package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;
import org.jspecify.annotations.Nullable;

/**
 * Shallow sizes as laid out in the dumped VM.
 *
 * <p>A dump states lengths and field types but no sizes: HotSpot writes the bytes of the dumped fields as instance
 * size, with 8 bytes for each reference even if it was compressed. So sizes come from a model of HotSpot's layout
 * ({@link FieldPacker}) and are checked against the addresses ({@link AddressEvidence}). Worked out when first asked
 * for.
 *
 * <p>Compared class by class with the histogram of the same JVM, JDK 17 and 25, all combinations of compressed
 * references, compressed class pointers and compact headers: equal. Known limit: fields that
 * another VM injects are missing where nothing in the dump lies right behind an instance.
 */
final class ObjectSizes {
    private final HprofBytes bytes;
    private final ObjectTable objects;
    private final ClassTable classes;
    private volatile @Nullable Sizes sizes;

    /**
     * The outcome.
     *
     * @param verdict the layout
     * @param instance size of an instance by class number
     * @param certain for classes whose records are surely of one kind the size of an instance, or of an array's head; else 0
     * @param elementWidth for classes whose records are surely arrays, the bytes of an element; else 0
     * @param classObject size of a class object without static fields
     */
    private record Sizes(
            AddressEvidence.Verdict verdict, long[] instance, long[] certain, int[] elementWidth, long classObject) {}

    ObjectSizes(HprofBytes bytes, ObjectTable objects, ClassTable classes) {
        this.bytes = bytes;
        this.objects = objects;
        this.classes = classes;
    }

    long shallowSize(int object) {
        Sizes known = sizes();
        int number = objects.classNumber(object);
        long certain = known.certain[number];
        if (certain == 0) {
            return sizeOfRecord(object);
        }
        int width = known.elementWidth[number];
        if (width == 0) {
            return certain;
        }
        return known.verdict.layout().align(certain + objects.arrayLength(object) * width);
    }

    private long sizeOfRecord(int object) {
        long position = objects.position(object);
        return switch (bytes.u1(position)) {
            case HeapRecordCursor.INSTANCE -> instanceSize(objects.classNumber(object));
            case HeapRecordCursor.CLASS -> classObjectSize(object);
            case HeapRecordCursor.OBJECT_ARRAY -> arraySize(BasicType.OBJECT, object);
            default -> arraySize(bytes.u1(position + 9 + bytes.idSize()), object);
        };
    }

    private long arraySize(int type, int object) {
        return sizes().verdict.layout().arraySize(type, objects.arrayLength(object));
    }

    /** A class object is an instance of {@code java.lang.Class} with the static fields of its class behind. */
    private long classObjectSize(int object) {
        Sizes known = sizes();
        MemoryLayout layout = known.verdict.layout();
        HeapClass each = classes.get(classes.numberOfClassObject(objects.id(object)));
        FieldPacker statics =
                new FieldPacker(layout.reference(), known.classObject).addStaticFields(each.staticFields());
        long size = layout.align(statics.end());
        return known.verdict.correct(size, objects.gapBehind(object));
    }

    ObjectLayout layout() {
        AddressEvidence.Verdict verdict = sizes().verdict;
        MemoryLayout layout = verdict.layout();
        return new ObjectLayout(layout.header(), layout.reference(), layout.alignment(), verdict.possible());
    }

    long instanceSize(int classNumber) {
        return sizes().instance[classNumber];
    }

    private Sizes sizes() {
        Sizes known = sizes;
        if (known == null) {
            known = workOut();
            sizes = known;
        }
        return known;
    }

    private Sizes workOut() {
        AddressEvidence evidence = new AddressEvidence(bytes, objects, classes);
        AddressEvidence.Verdict verdict = evidence.verdict();
        FieldPacker[] packers = new FieldPacker[classes.count()];
        long[] sizes = new long[classes.count()];
        for (int c = 0; c < sizes.length; c++) {
            sizes[c] = verdict.layout()
                    .align(packer(classes.get(c), evidence, verdict, packers).end());
        }
        int classClass = classes.classClass();
        long smallest = verdict.possible() ? evidence.smallestClassObject() : Long.MAX_VALUE;
        if (smallest != Long.MAX_VALUE) {
            sizes[classClass] = smallest;
        }
        return new Sizes(
                verdict, sizes, certain(sizes, verdict.layout()), elementWidths(verdict.layout()), sizes[classClass]);
    }

    private long[] certain(long[] sizes, MemoryLayout layout) {
        long[] certain = new long[sizes.length];
        for (int c = 0; c < sizes.length; c++) {
            int elements = classes.elementTypeOfArraysOnly(c, objects);
            if (elements != 0) {
                certain[c] = layout.arrayHead(elements);
            } else if (classes.isOfInstancesOnly(c, objects)) {
                certain[c] = sizes[c];
            }
        }
        return certain;
    }

    private int[] elementWidths(MemoryLayout layout) {
        int[] widths = new int[classes.count()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = BasicType.width(classes.elementTypeOfArraysOnly(c, objects), layout.reference());
        }
        return widths;
    }

    private static FieldPacker packer(
            HeapClass each,
            AddressEvidence evidence,
            AddressEvidence.Verdict verdict,
            @Nullable FieldPacker[] packers) {
        FieldPacker known = packers[each.index()];
        if (known == null) {
            MemoryLayout layout = verdict.layout();
            HeapClass parent = each.superclass();
            FieldPacker start = parent == null
                    ? new FieldPacker(layout.reference(), layout.header())
                    : new FieldPacker(packer(parent, evidence, verdict, packers));
            known = start.addInstanceFields(each);
            long modelled = layout.align(known.end());
            long corrected = evidence.correct(each.index(), modelled, verdict);
            if (corrected - modelled >= layout.smallestObject()) {
                known.padTo(corrected);
            } else {
                known.skip(corrected - modelled);
            }
            packers[each.index()] = known;
        }
        return known;
    }
}
