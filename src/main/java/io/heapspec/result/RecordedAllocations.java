package io.heapspec.result;

import java.util.List;

/**
 * What a test allocated when its baseline was recorded.
 *
 * @param classes by class, in the order of their names
 * @param environment where that was, such as {@code JDK 17, 4 B references, 12 B headers}
 * @param here whether this JVM is such an environment, so that sizes and the JDK's own objects are the same
 * @param file the file that says so
 * @since 0.1
 */
public record RecordedAllocations(List<ClassAllocations> classes, String environment, boolean here, String file) {

    public RecordedAllocations {
        classes = List.copyOf(classes);
    }

    /** Returns how many objects they are together. */
    public long objects() {
        return classes.stream().mapToLong(ClassAllocations::objects).sum();
    }

    /** Returns the sum of their shallow sizes. */
    public long bytes() {
        return classes.stream().mapToLong(ClassAllocations::bytes).sum();
    }
}
