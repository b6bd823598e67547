package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.HeapRecordCursor;
import io.heapspec.internal.hprof.HprofBytes;

/**
 * Reads the outgoing references of objects: the innermost loop of every analysis.
 *
 * <p>For each class with instances it knows the offset and the field of every reference, inherited ones included, so
 * that an instance is read without looking at its class hierarchy.
 */
final class ReferenceReader {
    private static final int[] NONE = {};

    private final HprofBytes bytes;
    private final ObjectTable objects;
    private final ObjectIndex index;
    private final ClassTable classes;
    private final ClassReferences ofClasses;
    private final int ids;
    private final int[][] offsets;
    private final int[][] edges;
    private final boolean[] none;
    private final boolean[] instance;
    private final boolean[] array;

    ReferenceReader(HprofBytes bytes, ObjectTable objects, ClassTable classes) {
        this.bytes = bytes;
        this.objects = objects;
        this.index = objects.index();
        this.classes = classes;
        this.ofClasses = new ClassReferences(bytes, classes);
        this.ids = bytes.idSize();
        this.offsets = new int[classes.count()][];
        this.edges = new int[classes.count()][];
        this.none = new boolean[classes.count()];
        this.instance = new boolean[classes.count()];
        this.array = new boolean[classes.count()];
        InstanceLayouts layouts = new InstanceLayouts(classes, ids);
        for (int c = 0; c < none.length; c++) {
            boolean laidOut = objects.instantiated().get(c);
            offsets[c] = laidOut ? layouts.offsets(c) : NONE;
            edges[c] = laidOut ? layouts.edges(c) : NONE;
            none[c] = offsets[c].length == 0
                    && c != classes.classClass()
                    && !objects.objectArrays().get(c);
            instance[c] = classes.isOfInstancesOnly(c, objects);
            array[c] = classes.elementTypeOfArraysOnly(c, objects) == BasicType.OBJECT;
        }
    }

    /** Tells whether no object of a class refers to anything, whatever is in it. */
    boolean hasNone(int classNumber) {
        return none[classNumber];
    }

    /** Tells whether the records of a class's objects are surely instances. */
    boolean isInstance(int classNumber) {
        return instance[classNumber];
    }

    /** Tells whether the records of a class's objects are surely arrays of references. */
    boolean isArray(int classNumber) {
        return array[classNumber];
    }

    /** Returns the offset of each reference of an instance of a class from its first field byte. */
    int[] offsets(int classNumber) {
        return offsets[classNumber];
    }

    /** Returns the number of the field of each reference of an instance of a class. */
    int[] edges(int classNumber) {
        return edges[classNumber];
    }

    void forEach(int object, ReferenceVisitor visitor) {
        long position = objects.position(object);
        switch (bytes.u1(position)) {
            case HeapRecordCursor.INSTANCE -> instance(object, position + 9 + 2L * ids, visitor);
            case HeapRecordCursor.OBJECT_ARRAY -> array(position, visitor);
            case HeapRecordCursor.CLASS -> classObject(position, (edge, id) -> visit(edge, id, visitor));
            default -> {}
        }
    }

    private void instance(int object, long fields, ReferenceVisitor visitor) {
        int number = objects.classNumber(object);
        int[] each = offsets[number];
        for (int i = 0; i < each.length; i++) {
            visit(edges[number][i], bytes.id(fields + each[i]), visitor);
        }
    }

    private void array(long position, ReferenceVisitor visitor) {
        long at = position + 9 + 2L * ids;
        long end = at + bytes.u4(position + 5 + ids) * ids;
        for (; at < end; at += ids) {
            visit(HeapGraph.ELEMENT, bytes.id(at), visitor);
        }
    }

    /** Tells the references of a class object by the identifiers of what they refer to, 0 included. */
    void classObject(long position, ClassReferences.IdVisitor visitor) {
        int number = classes.numberOfClassObject(bytes.id(position + 1));
        ofClasses.forEach(classes.dump(number), visitor);
    }

    /** Returns what reference number {@code i} of an object leads to, or one of the special numbers of {@link ReferenceRows}. */
    int target(int object, int i) {
        long position = objects.position(object);
        long content = position + 9 + 2L * ids;
        return switch (bytes.u1(position)) {
            case HeapRecordCursor.INSTANCE -> {
                int[] each = offsets[objects.classNumber(object)];
                yield i < each.length ? target(bytes.id(content + each[i])) : ReferenceRows.END;
            }
            case HeapRecordCursor.OBJECT_ARRAY ->
                i < bytes.u4(position + 5 + ids) ? target(bytes.id(content + (long) i * ids)) : ReferenceRows.END;
            case HeapRecordCursor.CLASS -> targetOfClass(position, i);
            default -> ReferenceRows.END;
        };
    }

    private int targetOfClass(long position, int wanted) {
        int[] found = {ReferenceRows.END};
        int[] next = {0};
        classObject(position, (edge, id) -> found[0] = next[0]++ == wanted ? target(id) : found[0]);
        return found[0];
    }

    private int target(long id) {
        return id == 0 ? ReferenceRows.NOTHING : index.indexOf(id);
    }

    private void visit(int edge, long id, ReferenceVisitor visitor) {
        if (id != 0) {
            int target = index.indexOf(id);
            if (target >= 0) {
                visitor.visit(edge, target);
            }
        }
    }
}
