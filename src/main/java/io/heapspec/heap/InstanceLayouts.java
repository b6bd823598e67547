package io.heapspec.heap;

/**
 * Where the references of each class are in an instance record: own fields first, then inherited.
 *
 * <p>A class is laid out when it is first asked for, which is when it has an instance. The records of its instances are
 * as long as their fields, so a malicious dump cannot make this larger than itself.
 */
final class InstanceLayouts {
    private static final int[] NONE = {};

    private final ClassTable classes;
    private final int ids;
    private final int[][] offsets;
    private final int[][] edges;

    InstanceLayouts(ClassTable classes, int ids) {
        this.classes = classes;
        this.ids = ids;
        offsets = new int[classes.count()][];
        edges = new int[classes.count()][];
    }

    /** Returns the offset of each reference of a class from the first field byte. */
    int[] offsets(int classNumber) {
        if (offsets[classNumber] == null) {
            layOut(classNumber);
        }
        return offsets[classNumber];
    }

    /** Returns the number of the field of each reference of a class. */
    int[] edges(int classNumber) {
        if (edges[classNumber] == null) {
            layOut(classNumber);
        }
        return edges[classNumber];
    }

    private void layOut(int classNumber) {
        HeapClass each = classes.get(classNumber);
        int count = countReferences(each);
        offsets[classNumber] = count == 0 ? NONE : new int[count];
        edges[classNumber] = count == 0 ? NONE : new int[count];
        int next = 0;
        int offset = 0;
        for (HeapClass c = each; c != null; c = c.superclass()) {
            for (HeapField field : c.fields()) {
                if (field.type() == FieldType.REFERENCE) {
                    offsets[classNumber][next] = offset;
                    edges[classNumber][next++] = field.index();
                }
                offset += field.type().width(ids);
            }
        }
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
}
