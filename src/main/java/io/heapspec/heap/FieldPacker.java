package io.heapspec.heap;

import java.util.ArrayList;
import java.util.List;

/**
 * Places fields as HotSpot does since JDK 15: a class fills the gaps its superclasses left, widest primitive first,
 * references last, each field into the smallest gap that fits.
 *
 * <p>See {@code FieldLayout::add} in {@code fieldLayoutBuilder.cpp}. Not modelled: {@code @Contended} padding.
 */
final class FieldPacker {
    private record Gap(long start, long length) {}

    private final int referenceWidth;
    private final List<Gap> gaps;
    private long end;
    private boolean fillsGaps = true;

    /** Creates a packer that places fields from an offset on. */
    FieldPacker(int referenceWidth, long start) {
        this.referenceWidth = referenceWidth;
        this.gaps = new ArrayList<>();
        this.end = start;
    }

    /** Creates a packer that goes on where another one stopped. */
    FieldPacker(FieldPacker parent) {
        this.referenceWidth = parent.referenceWidth;
        this.gaps = new ArrayList<>(parent.gaps);
        this.end = parent.end;
    }

    /** Places the instance fields that a class declares, and those the VM adds to it. */
    FieldPacker addInstanceFields(HeapClass owner) {
        addPrimitives(owner.fields(), InjectedFields.of(owner));
        addReferences(owner.fields());
        return this;
    }

    /**
     * Places static fields: references come first, and gaps stay empty. Names in angle brackets are no fields of the
     * program.
     */
    FieldPacker addStaticFields(List<HeapField> fields) {
        fillsGaps = false;
        addReferences(fields);
        addPrimitives(fields, new int[0]);
        return this;
    }

    private void addPrimitives(List<HeapField> fields, int[] injected) {
        for (int width = Long.BYTES; width > 0; width /= 2) {
            for (HeapField field : fields) {
                if (field.type() != FieldType.REFERENCE && field.type().width(0) == width && isReal(field)) {
                    add(width);
                }
            }
            for (int each : injected) {
                if (each == width) {
                    add(width);
                }
            }
        }
    }

    private void addReferences(List<HeapField> fields) {
        for (HeapField field : fields) {
            if (field.type() == FieldType.REFERENCE && isReal(field)) {
                add(referenceWidth);
            }
        }
    }

    private static boolean isReal(HeapField field) {
        return !field.isStatic() || !field.name().startsWith("<");
    }

    private void add(int width) {
        Gap best = null;
        for (Gap gap : gaps) {
            if (aligned(gap.start, width) + width <= gap.start + gap.length
                    && (best == null || gap.length < best.length)) {
                best = gap;
            }
        }
        if (best != null) {
            gaps.remove(best);
            long start = aligned(best.start, width);
            addGap(best.start, start);
            addGap(start + width, best.start + best.length);
        } else {
            long start = aligned(end, width);
            addGap(end, start);
            end = start + width;
        }
    }

    private void addGap(long from, long to) {
        if (to > from && fillsGaps) {
            gaps.add(new Gap(from, to - from));
        }
    }

    private static long aligned(long offset, int width) {
        return offset + width - 1 & -width;
    }

    /** Leaves out bytes, which the fields of subclasses do not use either. */
    void skip(long count) {
        end += count;
    }

    /** Goes on behind padding, which no subclass fills. */
    void padTo(long offset) {
        gaps.clear();
        end = offset;
    }

    /** Returns the offset behind the last field. */
    long end() {
        return end;
    }
}
