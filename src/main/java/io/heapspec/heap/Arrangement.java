package io.heapspec.heap;

import io.heapspec.internal.hprof.ClassDump;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How objects come from the order of the file into that of their identifiers.
 *
 * <p>HotSpot writes the classes first, and then, with most collectors, everything else in the order of addresses. So
 * classes are kept apart; usually they just have to be inserted.
 */
sealed interface Arrangement {

    /** Returns all classes, in the order of their identifiers. */
    List<ClassDump> classes();

    /**
     * Puts values of objects in order, and adds those of the classes.
     *
     * @param values one for each object that is no class, in the order of the file; not to be used afterwards
     */
    PagedInts arrange(PagedInts values, ToIntFunction<ClassDump> ofClass);

    /** Returns a sorted copy of classes. */
    static List<ClassDump> sorted(List<ClassDump> classes) {
        Comparator<ClassDump> byId = (a, b) -> Long.compareUnsigned(a.id(), b.id());
        return classes.stream().sorted(byId).toList();
    }

    /** Everything but the classes is in order. */
    record Inserting(ObjectIndex index, List<ClassDump> classes) implements Arrangement {
        @Override
        public PagedInts arrange(PagedInts values, ToIntFunction<ClassDump> ofClass) {
            int[] places =
                    classes.stream().mapToInt(each -> index.indexOf(each.id())).toArray();
            values.insert(places, classes.stream().mapToInt(ofClass).toArray());
            return values;
        }
    }

    /**
     * Nothing is in order.
     *
     * @param places where each object that is no class goes
     */
    record Moving(ObjectIndex index, List<ClassDump> classes, PagedInts places) implements Arrangement {
        @Override
        public PagedInts arrange(PagedInts values, ToIntFunction<ClassDump> ofClass) {
            PagedInts moved = new PagedInts(index.count());
            for (int i = 0; i < values.size(); i++) {
                moved.set(places.get(i), values.get(i));
            }
            for (ClassDump each : classes) {
                moved.set(index.indexOf(each.id()), ofClass.applyAsInt(each));
            }
            return moved;
        }
    }
}
