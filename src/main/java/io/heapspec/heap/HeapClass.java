package io.heapspec.heap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class in a heap dump. Two classes with the same name but different loaders are different classes.
 *
 * <p>Immutable, compared by identity, and thread-safe.
 *
 * @since 0.1
 */
public final class HeapClass {
    private final ClassTable table;
    private final int index;
    private final String name;
    private int object = -1;
    private int loaderObject = -1;
    private List<HeapField> staticFields = List.of();
    private List<HeapField> fields = List.of();
    private @Nullable HeapClass superclass;

    HeapClass(ClassTable table, int index, String name) {
        this.table = table;
        this.index = index;
        this.name = name;
    }

    void setObjects(int own, int loader) {
        object = own;
        loaderObject = loader;
    }

    void setFields(List<HeapField> declaredStatic, List<HeapField> declared) {
        staticFields = declaredStatic;
        fields = declared;
    }

    void setSuperclass(HeapClass parent) {
        superclass = parent;
    }

    /** Returns the name in Java form, for instance {@code java.lang.String}, {@code int[]}, {@code com.acme.Foo$Bar[]}. */
    public String name() {
        return name;
    }

    /** Returns the number of this class in {@link HeapGraph#classAt}. */
    public int index() {
        return index;
    }

    /** Returns the class object, or -1 when the dump has none. */
    public int object() {
        return object;
    }

    /** Returns the superclass, or null for {@code java.lang.Object}. */
    public @Nullable HeapClass superclass() {
        return superclass;
    }

    /** Returns the class loader, or -1 for the boot loader. */
    public int loaderObject() {
        return loaderObject;
    }

    /** Returns the shallow size of an instance in bytes, as in the dumped VM; 0 for an array class. */
    public long instanceSize() {
        return isArray() ? 0 : table.sizes().instanceSize(index);
    }

    /** Returns the instance fields this class declares, in file order. */
    public List<HeapField> fields() {
        return fields;
    }

    /** Returns the static fields this class declares, in file order. */
    public List<HeapField> staticFields() {
        return staticFields;
    }

    /** Tells whether this is the class of arrays. */
    public boolean isArray() {
        return name.endsWith("[]");
    }

    /** Tells whether this class or one of its superclasses has a name. */
    public boolean isSubclassOf(String className) {
        for (HeapClass c = this; c != null; c = c.superclass) {
            if (c.name.equals(className)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how strongly an instance holds its {@code referent}; {@code STRONG} for an ordinary class. */
    public ReferenceStrength referenceStrength() {
        for (HeapClass c = this; c != null; c = c.superclass) {
            ReferenceStrength strength = ReferenceStrength.ofClassNamed(c.name);
            if (strength != ReferenceStrength.STRONG) {
                return strength;
            }
        }
        return ReferenceStrength.STRONG;
    }

    @Override
    public String toString() {
        return name;
    }
}
