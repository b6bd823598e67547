package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
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
    private final int ids;
    private final int[][] offsets;
    private final int[][] edges;
    private final boolean[] none;
    private final boolean[] instance;
    private final boolean[] array;

    /** Is told references by identifier. */
    @FunctionalInterface
    interface IdVisitor {
        void visit(int edge, long id);
    }

    ReferenceReader(HprofBytes bytes, ObjectTable objects, ClassTable classes) {
        this.bytes = bytes;
        this.objects = objects;
        this.index = objects.index();
        this.classes = classes;
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
    void classObject(long position, IdVisitor visitor) {
        int number = classes.numberOfClassObject(bytes.id(position + 1));
        ClassDump dump = classes.dump(number);
        visitor.visit(HeapGraph.SUPER_CLASS, dump.superId());
        visitor.visit(HeapGraph.CLASS_LOADER, dump.loaderId());
        visitor.visit(HeapGraph.SIGNERS, dump.signersId());
        visitor.visit(HeapGraph.PROTECTION_DOMAIN, dump.protectionDomainId());
        long at = dump.constants();
        for (int i = 0; i < dump.constantCount(); i++) {
            int type = bytes.u1(at + 2);
            if (type == BasicType.OBJECT) {
                visitor.visit(HeapGraph.CONSTANT, bytes.id(at + 3));
            }
            at += 3 + BasicType.width(type, ids);
        }
        at = dump.statics();
        for (HeapField field : classes.get(number).staticFields()) {
            if (field.type() == FieldType.REFERENCE) {
                visitor.visit(field.index(), bytes.id(at + ids + 1));
            }
            at += ids + 1 + field.type().width(ids);
        }
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
