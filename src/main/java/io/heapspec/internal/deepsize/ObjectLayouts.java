package io.heapspec.internal.deepsize;

import io.heapspec.internal.util.ObjectFormat;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jol.vm.VirtualMachine;

/**
 * Where the references of objects are, and how large objects are. Each class is looked at once.
 *
 * <p>Not thread-safe.
 */
final class ObjectLayouts {

    private final VirtualMachine jvm;
    // JOL guesses it from addresses, which goes wrong on ZGC.
    private final ObjectFormat format = ObjectFormat.ofThisJvm();
    private final Map<Class<?>, Layout> known = new HashMap<>();

    ObjectLayouts(VirtualMachine jvm) {
        this.jvm = jvm;
    }

    long sizeOf(Object object) {
        Class<?> type = object.getClass();
        if (!type.isArray()) {
            return layoutOf(object).size();
        }
        String element = storedAs(type.getComponentType());
        long size = jvm.arrayBaseOffset(element) + (long) Array.getLength(object) * jvm.arrayIndexScale(element);
        return format.aligned(size);
    }

    /** In fields and in arrays, all references are alike. */
    private static String storedAs(Class<?> type) {
        return type.isPrimitive() ? type.getName() : Object.class.getName();
    }

    /** Visits what an object refers to strongly. */
    void forEachReference(Object object, Consumer<Object> visitor) {
        if (object instanceof Object[] array) {
            for (Object element : array) {
                visit(element, visitor);
            }
        } else if (!object.getClass().isArray()) {
            for (long offset : layoutOf(object).references()) {
                visit(jvm.getObject(object, offset), visitor);
            }
        }
    }

    private static void visit(@Nullable Object found, Consumer<Object> visitor) {
        if (found != null) {
            visitor.accept(found);
        }
    }

    private Layout layoutOf(Object object) {
        return known.computeIfAbsent(object.getClass(), this::layout);
    }

    private Layout layout(Class<?> type) {
        List<Long> references = new ArrayList<>();
        long end = format.header();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    long offset = jvm.fieldOffset(field);
                    end = Math.max(end, offset + jvm.arrayIndexScale(storedAs(field.getType())));
                    if (isOwnReference(field)) {
                        references.add(offset);
                    }
                }
            }
        }
        return new Layout(
                format.aligned(end),
                references.stream().mapToLong(Long::longValue).toArray());
    }

    /** What a soft, weak or phantom reference refers to, and the lists that the JVM keeps of such, are not its own. */
    private static boolean isOwnReference(Field field) {
        return !field.getType().isPrimitive() && field.getDeclaringClass() != Reference.class;
    }

    /**
     * What is the same for all objects of a class.
     *
     * @param size shallow size in bytes
     * @param references offsets of the fields that hold references
     */
    private record Layout(long size, long[] references) {}
}
