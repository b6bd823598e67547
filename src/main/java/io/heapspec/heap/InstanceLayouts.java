package io.heapspec.heap;

import java.util.BitSet;

/**
 * For each class with instances, where its references are in an instance record: own fields first, then inherited.
 *
 * <p>Only classes with instances are laid out. The records of their instances are as long as their fields, so a
 * malicious dump cannot make this larger than itself.
 *
 * @param start the references of class {@code c} are those from {@code start[c]} to {@code start[c + 1]}
 * @param offsets offset of each reference from the first field byte
 * @param edges number of the field of each reference
 */
record InstanceLayouts(int[] start, int[] offsets, int[] edges) {

    static InstanceLayouts of(BitSet instantiated, ClassTable classes, int ids) {
        int[] start = new int[classes.count() + 1];
        for (int c = 0; c < classes.count(); c++) {
            start[c + 1] = start[c] + (instantiated.get(c) ? countReferences(classes.get(c)) : 0);
        }
        int[] offsets = new int[start[classes.count()]];
        int[] edges = new int[offsets.length];
        for (int c = instantiated.nextSetBit(0); c >= 0; c = instantiated.nextSetBit(c + 1)) {
            fill(classes.get(c), ids, start[c], offsets, edges);
        }
        return new InstanceLayouts(start, offsets, edges);
    }

    private static int countReferences(HeapClass each) {
        int count = 0;
        for (HeapClass c = each; c != null; c = c.superclass()) {
            for (HeapField field : c.fields()) {
                count += field.type() == FieldType.REFERENCE ? 1 : 0;
            }
        }
        return count;
    }

    private static void fill(HeapClass each, int ids, int from, int[] offsets, int[] edges) {
        int next = from;
        int offset = 0;
        for (HeapClass c = each; c != null; c = c.superclass()) {
            for (HeapField field : c.fields()) {
                if (field.type() == FieldType.REFERENCE) {
                    offsets[next] = offset;
                    edges[next++] = field.index();
                }
                offset += field.type().width(ids);
            }
        }
    }
}
