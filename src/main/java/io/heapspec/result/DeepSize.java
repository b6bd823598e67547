package io.heapspec.result;

import java.util.List;

/**
 * The size of an object with all that it refers to, directly or by others.
 *
 * @param classes what that is, by class, most bytes first
 * @since 0.1
 */
public record DeepSize(List<ClassFootprint> classes) {

    public DeepSize {
        classes = List.copyOf(classes);
    }

    /** Returns the sum of the shallow sizes, in bytes. */
    public long bytes() {
        return classes.stream().mapToLong(ClassFootprint::bytes).sum();
    }

    /** Returns how many objects there are, the object itself included. */
    public long objects() {
        return classes.stream().mapToLong(ClassFootprint::objects).sum();
    }
}
