package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HprofBytes;

/** Reads what class objects refer to: their links, constants and static fields. */
final class ClassReferences {
    private final HprofBytes bytes;
    private final ClassTable classes;

    /** Is told references by identifier. */
    @FunctionalInterface
    interface IdVisitor {
        void visit(int edge, long id);
    }

    ClassReferences(HprofBytes bytes, ClassTable classes) {
        this.bytes = bytes;
        this.classes = classes;
    }

    /** Tells the references of a class object by the identifiers of what they refer to, 0 included. */
    void forEach(ClassDump dump, IdVisitor visitor) {
        int ids = bytes.idSize();
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
        HeapClass each = classes.get(classes.numberOfClassObject(dump.id()));
        for (HeapField field : each.staticFields()) {
            if (field.type() == FieldType.REFERENCE) {
                visitor.visit(field.index(), bytes.id(at + ids + 1));
            }
            at += ids + 1 + field.type().width(ids);
        }
    }
}
