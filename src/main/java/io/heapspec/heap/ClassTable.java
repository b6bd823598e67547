package io.heapspec.heap;

import io.heapspec.internal.hprof.BasicType;
import io.heapspec.internal.hprof.ClassDump;
import io.heapspec.internal.hprof.HprofBytes;
import io.heapspec.internal.hprof.HprofFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All classes and their fields, by number. Immutable after {@link #of}, {@link #setObjects} and {@link #setSizes}.
 *
 * <p>Fields have one numbering for the whole dump. A class that records presuppose but the dump lacks (arrays of
 * primitives, {@code java.lang.Class}) is made up, without a class object.
 */
final class ClassTable {
    /** No class in a real program comes near; this also ends the search through a circle of superclasses. */
    private static final int MOST_SUPERCLASSES = 256;

    private final HprofBytes bytes;
    private final LongTable numbers = new LongTable();
    private final List<HeapClass> classes = new ArrayList<>();
    private final List<HeapField> fields = new ArrayList<>();
    private final List<ClassDump> dumps;
    private final int[] primitiveArrays = new int[BasicType.LONG + 1];
    private int classClass = -1;
    private long[] fieldBytes = new long[0];
    private @Nullable ObjectSizes sizes;

    private ClassTable(HprofBytes bytes, List<ClassDump> dumps) {
        this.bytes = bytes;
        this.dumps = dumps;
    }

    static ClassTable of(HprofBytes bytes, DumpSymbols symbols, Texts texts) throws HprofFormatException {
        ClassTable table = new ClassTable(bytes, symbols.classes);
        for (ClassDump dump : symbols.classes) {
            table.add(dump, symbols, texts);
        }
        table.linkSuperclasses();
        table.addMissing();
        table.countFieldBytes();
        return table;
    }

    private void add(ClassDump dump, DumpSymbols symbols, Texts texts) throws HprofFormatException {
        long nameId = symbols.classNames.get(dump.id());
        if (nameId == LongTable.ABSENT) {
            throw new HprofFormatException("class 0x" + Long.toHexString(dump.id()) + " has no name", dump.position());
        }
        int number = classes.size();
        HeapClass added = new HeapClass(this, number, texts.className(nameId));
        numbers.put(dump.id(), number);
        classes.add(added);
        added.setFields(staticFields(added, dump, texts), instanceFields(added, dump, texts));
    }

    private List<HeapField> staticFields(HeapClass owner, ClassDump dump, Texts texts) throws HprofFormatException {
        List<HeapField> declared = new ArrayList<>(dump.staticCount());
        int ids = bytes.idSize();
        long at = dump.statics();
        for (int i = 0; i < dump.staticCount(); i++) {
            HeapField field = field(owner, at, true, texts);
            declared.add(field);
            at += ids + 1 + field.type().width(ids);
        }
        return List.copyOf(declared);
    }

    private List<HeapField> instanceFields(HeapClass owner, ClassDump dump, Texts texts) throws HprofFormatException {
        List<HeapField> declared = new ArrayList<>(dump.fieldCount());
        for (int i = 0; i < dump.fieldCount(); i++) {
            declared.add(field(owner, dump.fields() + i * (bytes.idSize() + 1L), false, texts));
        }
        return List.copyOf(declared);
    }

    private HeapField field(HeapClass owner, long at, boolean isStatic, Texts texts) throws HprofFormatException {
        FieldType type = FieldType.ofCode(bytes.u1(at + bytes.idSize()));
        HeapField field = new HeapField(fields.size(), owner, texts.text(bytes.id(at)), isStatic, type);
        fields.add(field);
        return field;
    }

    private void linkSuperclasses() throws HprofFormatException {
        for (int i = 0; i < dumps.size(); i++) {
            long superId = dumps.get(i).superId();
            if (superId != 0) {
                classes.get(i)
                        .setSuperclass(
                                classes.get(numberOf(superId, dumps.get(i).position())));
            }
        }
        for (HeapClass each : classes) {
            int above = 0;
            for (HeapClass c = each.superclass(); c != null; c = c.superclass()) {
                if (++above > MOST_SUPERCLASSES) {
                    long position = dumps.get(each.index()).position();
                    throw new HprofFormatException(
                            "a class has more than " + MOST_SUPERCLASSES + " superclasses", position);
                }
            }
        }
    }

    private void addMissing() {
        for (FieldType type : FieldType.values()) {
            if (type != FieldType.REFERENCE) {
                primitiveArrays[type.code()] = bootClass(type.keyword() + "[]");
            }
        }
        classClass = bootClass("java.lang.Class");
    }

    private int bootClass(String name) {
        for (int c = 0; c < dumps.size(); c++) {
            if (dumps.get(c).loaderId() == 0 && classes.get(c).name().equals(name)) {
                return c;
            }
        }
        HeapClass added = new HeapClass(this, classes.size(), name);
        classes.add(added);
        return added.index();
    }

    private void countFieldBytes() {
        long[] declared = new long[classes.size()];
        for (HeapClass each : classes) {
            declared[each.index()] = declaredBytes(each);
        }
        fieldBytes = new long[classes.size()];
        for (HeapClass each : classes) {
            for (HeapClass c = each; c != null; c = c.superclass()) {
                fieldBytes[each.index()] += declared[c.index()];
            }
        }
    }

    private long declaredBytes(HeapClass c) {
        long sum = 0;
        for (HeapField field : c.fields()) {
            sum += field.type().width(bytes.idSize());
        }
        return sum;
    }

    /** Tells the classes which objects they and their loaders are, once all objects have a number. */
    void setObjects(ObjectIndex index) {
        for (int c = 0; c < dumps.size(); c++) {
            ClassDump dump = dumps.get(c);
            classes.get(c).setObjects(index.indexOf(dump.id()), index.indexOf(dump.loaderId()));
        }
    }

    /** Returns the number of the class with an identifier, as mentioned by the record at a position. */
    private int numberOf(long id, long position) throws HprofFormatException {
        int number = (int) numbers.get(id);
        if (number < 0) {
            throw new HprofFormatException("class 0x" + Long.toHexString(id) + " is missing", position);
        }
        return number;
    }

    int count() {
        return classes.size();
    }

    HeapClass get(int number) {
        return classes.get(number);
    }

    int fieldCount() {
        return fields.size();
    }

    HeapField field(int number) {
        return fields.get(number);
    }

    /** Returns the record of a class that is not made up. */
    ClassDump dump(int number) {
        return dumps.get(number);
    }

    /** Tells whether the dump has a record for a class. */
    boolean isDumped(int number) {
        return number < dumps.size();
    }

    /** Returns the number of {@code java.lang.Class}. */
    int classClass() {
        return classClass;
    }

    /** Returns the number of the class of arrays with elements of a primitive type. */
    int primitiveArray(int type) {
        return primitiveArrays[type];
    }

    /** Tells whether the records of a class's objects are surely instances; a damaged dump may mix kinds. */
    boolean isOfInstancesOnly(int number, ObjectTable objects) {
        return objects.instantiated().get(number)
                && !objects.objectArrays().get(number)
                && number != classClass
                && !isPrimitiveArray(number);
    }

    /** Returns the type of the elements if the records of a class's objects are surely arrays, else 0. */
    int elementTypeOfArraysOnly(int number, ObjectTable objects) {
        boolean references = objects.objectArrays().get(number);
        if (objects.instantiated().get(number) || number == classClass || references == isPrimitiveArray(number)) {
            return 0;
        }
        if (references) {
            return BasicType.OBJECT;
        }
        int type = BasicType.BOOLEAN;
        while (primitiveArrays[type] != number) {
            type++;
        }
        return type;
    }

    private boolean isPrimitiveArray(int number) {
        for (int type = BasicType.BOOLEAN; type <= BasicType.LONG; type++) {
            if (primitiveArrays[type] == number) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many bytes of field values the record of an instance has. */
    long fieldBytes(int number) {
        return fieldBytes[number];
    }

    /** Returns the number of the class that a class object stands for, or -1 if there is none with this identifier. */
    int numberOfClassObject(long id) {
        return (int) numbers.get(id);
    }

    void setSizes(ObjectSizes computed) {
        sizes = computed;
    }

    ObjectSizes sizes() {
        return Objects.requireNonNull(sizes);
    }
}
