package io.heapspec.internal.retention;

import io.heapspec.heap.HeapClass;
import io.heapspec.heap.HeapGraph;
import io.heapspec.heap.ReferenceStrength;
import io.heapspec.internal.util.ClassNames;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a dump knows about the classes on a path, by name. */
final class ClassFacts {

    private final Map<String, HeapClass> byName = new HashMap<>();

    ClassFacts(HeapGraph graph) {
        for (int i = 0; i < graph.classCount(); i++) {
            byName.putIfAbsent(ClassNames.stable(graph.classAt(i).name()), graph.classAt(i));
        }
    }

    boolean isOfApplication(String type) {
        HeapClass known = byName.get(elementType(type));
        return known != null && known.loaderObject() >= 0 && !isOfJdk(type);
    }

    static boolean isOfJdk(String type) {
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("javax.");
    }

    /** Tells whether this is a class of the JDK that its users know: public, and no part of another one. */
    static boolean isPublicOfJdk(String type) {
        Class<?> loaded = isOfJdk(type) && type.indexOf('$') < 0 ? bootClass(type) : null;
        return loaded != null && Modifier.isPublic(loaded.getModifiers());
    }

    /** Tells whether this is a public class of the JDK in a package that every module can read. */
    static boolean isExportedByJdk(String type) {
        Class<?> loaded = isOfJdk(type) ? bootClass(type) : null;
        return loaded != null
                && Modifier.isPublic(loaded.getModifiers())
                && loaded.getModule().isExported(loaded.getPackageName());
    }

    boolean isSoftReference(String type) {
        HeapClass known = byName.get(type);
        return known != null && known.referenceStrength() == ReferenceStrength.SOFT;
    }

    boolean isA(String type, String ancestor) {
        return lineage(type).contains(ancestor);
    }

    /**
     * Tells whether a class is an inner part of what holds it: both, or classes they extend, are nested in one top-level class, as a
     * map's entries are in the map.
     */
    boolean isInnerPart(String type, String holder) {
        if (type.endsWith("[]")) {
            return false;
        }
        List<String> holders =
                lineage(holder).stream().map(ClassNames::outermost).toList();
        return lineage(type).stream()
                .filter(name -> name.indexOf('$') > 0)
                .map(ClassNames::outermost)
                .anyMatch(holders::contains);
    }

    /** Returns the JDK collection that a class is, or extends; null for any other class. */
    @Nullable
    Class<?> jdkCollection(String type) {
        for (String name : lineage(type)) {
            if (name.startsWith("java.util.")) {
                Class<?> loaded = bootClass(name);
                if (loaded != null
                        && (Map.class.isAssignableFrom(loaded) || Collection.class.isAssignableFrom(loaded))) {
                    return loaded;
                }
            }
        }
        return null;
    }

    /** Returns how an element of this collection is shown. */
    static String elementLabel(Class<?> collection) {
        if (Map.class.isAssignableFrom(collection)) {
            return "map[key]";
        } else if (Set.class.isAssignableFrom(collection)) {
            return "set{}";
        } else if (Queue.class.isAssignableFrom(collection) && !List.class.isAssignableFrom(collection)) {
            return "queue[*]";
        }
        return "list[*]";
    }

    /** Returns the class and those it extends, {@code java.lang.Object} left out. */
    private List<String> lineage(String type) {
        List<String> names = new ArrayList<>();
        names.add(type);
        HeapClass known = byName.get(type);
        HeapClass ancestor = known == null ? null : known.superclass();
        while (ancestor != null && !ancestor.name().equals("java.lang.Object") && names.size() < 64) {
            names.add(ClassNames.stable(ancestor.name()));
            ancestor = ancestor.superclass();
        }
        return names;
    }

    private static String elementType(String type) {
        int array = type.indexOf('[');
        return array < 0 ? type : type.substring(0, array);
    }

    private static @Nullable Class<?> bootClass(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException | LinkageError absentHere) {
            return null;
        }
    }
}
