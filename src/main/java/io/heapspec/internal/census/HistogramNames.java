package io.heapspec.internal.census;

import io.heapspec.internal.util.ClassNames;

/** Reads class names as the JVM's histogram prints them. */
final class HistogramNames {

    private HistogramNames() {}

    /** Turns {@code [[Lcom.acme.Foo;} into {@code com.acme.Foo[][]}, and leaves names of other classes as they are. */
    static String inSourceForm(String name) {
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') {
            dimensions++;
        }
        if (dimensions == 0 || dimensions == name.length()) {
            return name;
        }
        return ClassNames.elementOfDescriptor(name.substring(dimensions)) + "[]".repeat(dimensions);
    }
}
