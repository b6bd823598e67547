package io.heapspec.heap;

/**
 * The four kinds of objects in a heap dump.
 *
 * @since 0.1
 */
public enum ObjectKind {
    /** An instance of a class. */
    INSTANCE,
    /** An array of references. */
    OBJECT_ARRAY,
    /** An array of primitive values. */
    PRIMITIVE_ARRAY,
    /** A class object, with the static fields of the class it stands for. */
    CLASS
}
