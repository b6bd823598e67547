package io.heapspec.internal.disposable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds in a loader what a class outside has: the class of the same name, its constructor, its methods, its fields. */
final class Twins {

    private final ClassLoader loader;

    Twins(ClassLoader loader) {
        this.loader = loader;
    }

    Class<?> of(Class<?> outer) throws ClassNotFoundException {
        return outer.isPrimitive() ? outer : Class.forName(outer.getName(), false, loader);
    }

    Method of(Method outer) throws ReflectiveOperationException {
        Method twin = of(outer.getDeclaringClass()).getDeclaredMethod(outer.getName(), of(outer.getParameterTypes()));
        twin.setAccessible(true);
        return twin;
    }

    private Class<?>[] of(Class<?>[] outer) throws ClassNotFoundException {
        Class<?>[] twins = new Class<?>[outer.length];
        for (int i = 0; i < twins.length; i++) {
            twins[i] = of(outer[i]);
        }
        return twins;
    }

    /**
     * Makes the twin of an instance by its only constructor.
     *
     * @param enclosing the instance that encloses it, if there is one
     */
    Object newTwin(Object outer, @Nullable Object enclosing) throws ReflectiveOperationException {
        Class<?> type = of(outer.getClass());
        boolean inner = enclosing != null && !Modifier.isStatic(type.getModifiers());
        Constructor<?> constructor =
                inner ? type.getDeclaredConstructor(type.getEnclosingClass()) : type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return inner ? constructor.newInstance(enclosing) : constructor.newInstance();
    }

    /** Copies static fields that somebody filled outside who found them by their annotation. */
    void fillStatics(Class<?> outer) throws ReflectiveOperationException {
        fill(outer, null, null, field -> Modifier.isStatic(field.getModifiers()) && field.getAnnotations().length > 0);
    }

    /**
     * Copies fields that somebody filled outside. Both instances have been constructed, and nothing more: what is set outside and null inside,
     * an extension has set.
     */
    void fill(Object outer, Object twin) throws ReflectiveOperationException {
        fill(outer.getClass(), outer, twin, field -> !Modifier.isStatic(field.getModifiers()));
    }

    private void fill(Class<?> outer, @Nullable Object from, @Nullable Object to, Predicate<Field> wanted)
            throws ReflectiveOperationException {
        for (Field field : fields(outer)) {
            if (wanted.test(field) && !Modifier.isFinal(field.getModifiers()) && isShared(field.getType())) {
                Field twin = of(field.getDeclaringClass()).getDeclaredField(field.getName());
                field.setAccessible(true);
                twin.setAccessible(true);
                if (twin.get(to) == null) {
                    twin.set(to, field.get(from));
                }
            }
        }
    }

    private List<Field> fields(Class<?> outer) throws ClassNotFoundException {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = outer; type != null && !isShared(type); type = type.getSuperclass()) {
            fields.addAll(Arrays.asList(type.getDeclaredFields()));
        }
        return fields;
    }

    /** Tells whether a class is the same inside and outside. */
    boolean isShared(Class<?> outer) throws ClassNotFoundException {
        return of(outer) == outer;
    }
}
