package io.heapspec.heap;

/**
 * A field as declared by one class.
 *
 * <p>HotSpot adds static "fields" of its own whose name begins with {@code <}, such as {@code <resolved_references>}.
 *
 * @param index the number of the field in {@link HeapGraph#fieldAt}
 * @param declaringClass the class that declares it
 * @param name its name
 * @param isStatic whether it is static
 * @param type its type
 * @since 0.1
 */
public record HeapField(int index, HeapClass declaringClass, String name, boolean isStatic, FieldType type) {
    @Override
    public String toString() {
        return declaringClass.name() + "." + name;
    }
}
