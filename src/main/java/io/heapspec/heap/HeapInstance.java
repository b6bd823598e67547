package io.heapspec.heap;

import java.util.Objects;
import java.util.Optional;

/**
 * One object of a heap dump, with its fields by name.
 *
 * <pre>{@code
 * watcher.expectNoInstanceOf(Session.class, session -> session.text("user").equals(Optional.of("ada")), "she logged out");
 * }</pre>
 *
 * <p>Fields of superclasses are found, too; of several with one name, that of the most derived class. Valid as long as the graph is open.
 * Immutable and thread-safe.
 *
 * @param graph the dump
 * @param object the object's index in it
 * @since 0.1
 */
public record HeapInstance(HeapGraph graph, int object) {

    /**
     * Checks that there is such an object.
     *
     * @throws IndexOutOfBoundsException if there is not
     */
    public HeapInstance {
        Objects.checkIndex(object, graph.objectCount());
    }

    /** Returns the name of its class. */
    public String className() {
        return graph.classOf(object).name();
    }

    /**
     * Returns the value of a primitive field: of an integral type or a character as it is, of a boolean 0 or 1, of a floating-point type its bits.
     *
     * @throws IllegalArgumentException if there is no such field, or it holds a reference
     */
    public long number(String field) {
        HeapField found = field(field);
        if (found.type() == FieldType.REFERENCE) {
            throw new IllegalArgumentException(className() + "." + field + " is no primitive field");
        }
        return graph.primitiveField(object, found);
    }

    /**
     * Returns what a field refers to; empty if it is null.
     *
     * @throws IllegalArgumentException if there is no such field, or it is primitive
     */
    public Optional<HeapInstance> reference(String field) {
        HeapField found = field(field);
        if (found.type() != FieldType.REFERENCE) {
            throw new IllegalArgumentException(className() + "." + field + " is a primitive field");
        }
        int target = graph.referenceField(object, found);
        return target < 0 ? Optional.empty() : Optional.of(new HeapInstance(graph, target));
    }

    /**
     * Returns the text of a field of type {@code String}; empty if it is null, or refers to something else.
     *
     * @throws IllegalArgumentException if there is no such field, or it is primitive
     */
    public Optional<String> text(String field) {
        return reference(field).map(target -> graph.stringValue(target.object()));
    }

    private HeapField field(String name) {
        for (HeapClass type = graph.classOf(object); type != null; type = type.superclass()) {
            for (HeapField field : type.fields()) {
                if (field.name().equals(name)) {
                    return field;
                }
            }
        }
        throw new IllegalArgumentException(className() + " has no field " + name);
    }
}
