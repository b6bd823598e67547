package io.heapspec.internal.protocol;

import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.BitSet;

/**
 * Which classes are those of cleaners: a reference that frees what is outside the heap, when it is told so or else after its object has gone.
 *
 * <p>Once it is told, nothing refers to it any more. So those that a census finds still registered, though the test is over, are of what nobody closed.
 */
final class Cleanables {

    private final ClassTable classes;
    // With room: a longer array would be growth on the heap that is counted.
    private final BitSet asked = new BitSet(1 << 16);
    private final BitSet cleanable = new BitSet(1 << 16);

    Cleanables(ClassTable classes) {
        this.classes = classes;
    }

    /** Returns how many cleaners are registered. */
    long count(Census census) {
        long count = 0;
        for (int id = 0; id < census.limit(); id++) {
            count += census.count(id) > 0 && is(id) ? census.count(id) : 0;
        }
        return count;
    }

    private boolean is(int id) {
        if (!asked.get(id)) {
            asked.set(id);
            cleanable.set(id, isCleanable(classes.nameOf(id)));
        }
        return cleanable.get(id);
    }

    private static boolean isCleanable(String name) {
        if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
            return false;
        }
        try {
            Class<?> type = Class.forName(name, false, null);
            return Reference.class.isAssignableFrom(type) && Cleaner.Cleanable.class.isAssignableFrom(type);
        } catch (ClassNotFoundException | LinkageError notOfTheBootLoader) {
            return false;
        }
    }
}
