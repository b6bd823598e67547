package io.heapspec.internal.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes that this JVM has loaded at one moment, and what they are made of. */
final class LoadedClasses {

    private final List<Class<?>> all = new ArrayList<>();
    private final Map<String, List<Class<?>>> byName = new HashMap<>();
    private final Map<Class<?>, List<Class<?>>> subtypes = new HashMap<>();

    LoadedClasses(Instrumentation instrumentation) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!type.isArray() && !type.isHidden() && instrumentation.isModifiableClass(type)) {
                all.add(type);
                byName.computeIfAbsent(type.getName().replace('.', '/'), name -> new ArrayList<>(1))
                        .add(type);
                noteSupertypes(type);
            }
        }
    }

    /** What extends the JDK's types is not noted: nearly everything does. */
    private void noteSupertypes(Class<?> type) {
        if (isOfJdk(type.getClassLoader())) {
            return;
        }
        List<Class<?>> supertypes = new ArrayList<>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            supertypes.add(type.getSuperclass());
        }
        for (Class<?> supertype : supertypes) {
            if (!isOfJdk(supertype.getClassLoader())) {
                subtypes.computeIfAbsent(supertype, added -> new ArrayList<>()).add(type);
            }
        }
    }

    List<Class<?>> all() {
        return all;
    }

    /** Returns the classes with an internal name; there are several where several loaders have one. */
    List<Class<?>> named(String internalName) {
        return byName.getOrDefault(internalName, List.of());
    }

    /** Returns what directly extends or implements a type that is not the JDK's. */
    List<Class<?>> subtypesOf(Class<?> type) {
        return subtypes.getOrDefault(type, List.of());
    }

    /** Tells whether a loader has the JDK's classes. */
    static boolean isOfJdk(@Nullable ClassLoader loader) {
        return loader == null || ClassLoader.getPlatformClassLoader().equals(loader);
    }

    /** Returns the code of a class as its loader finds it; null if it has none, as classes made at run time. */
    static byte @Nullable [] codeOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        try (InputStream code =
                loader == null ? ClassLoader.getSystemResourceAsStream(file) : loader.getResourceAsStream(file)) {
            return code == null ? null : code.readAllBytes();
        } catch (IOException unreadable) {
            return null;
        }
    }
}
