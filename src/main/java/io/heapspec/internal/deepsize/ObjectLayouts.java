package io.heapspec.internal.deepsize;

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
    private final Map<Class<?>, Layout> known = new HashMap<>();

    ObjectLayouts(VirtualMachine jvm) {
        this.jvm = jvm;
    }

    long sizeOf(Object object) {
        Class<?> type = object.getClass();
        if (!type.isArray()) {
            return layoutOf(object).size();
        }
        String element = elementName(type);
        long size = jvm.arrayBaseOffset(element) + (long) Array.getLength(object) * jvm.arrayIndexScale(element);
        int alignment = jvm.objectAlignment();
        return (size + alignment - 1) / alignment * alignment;
    }

    private static String elementName(Class<?> array) {
        Class<?> element = array.getComponentType();
        return element.isPrimitive() ? element.getName() : Object.class.getName();
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
        return known.computeIfAbsent(object.getClass(), type -> new Layout(jvm.sizeOf(object), referenceOffsets(type)));
    }

    private long[] referenceOffsets(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        // What a soft, weak or phantom reference refers to, and the lists that the JVM keeps of such, is not its own.
        for (Class<?> each = type; each != null && each != Reference.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    fields.add(field);
                }
            }
        }
        return fields.stream().mapToLong(jvm::fieldOffset).toArray();
    }

    /**
     * What is the same for all objects of a class.
     *
     * @param size shallow size in bytes
     * @param references offsets of the fields that hold references
     */
    private record Layout(long size, long[] references) {}
}
