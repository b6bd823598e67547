package io.heapspec.internal.agent;

import io.heapspec.internal.util.ClassNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.utility.OpenedClassReader;

/** Which classes of the JDK allocate objects of which classes. They are read once: the JDK's classes stay. */
final class JdkAllocators {

    private final Map<Class<?>, Set<String>> allocated = new HashMap<>();

    /**
     * Returns the classes of the JDK that may allocate objects of some classes. Of classes that are none of its own it makes objects only where
     * code outside calls for them, by reflection for instance, and there they are counted.
     *
     * @param types names as {@link Class#getTypeName()} has them; empty for all
     */
    List<Class<?>> of(Set<String> types, LoadedClasses loaded) {
        if (!types.isEmpty() && types.stream().noneMatch(JdkAllocators::isOfJdkOrArray)) {
            return List.of();
        }
        return loaded.all().stream()
                .filter(type -> LoadedClasses.isOfJdk(type.getClassLoader()))
                .filter(type -> mayAllocate(type, types))
                .toList();
    }

    private static boolean isOfJdkOrArray(String type) {
        return type.endsWith("]") || ClassNames.isOfJdk(type);
    }

    private boolean mayAllocate(Class<?> type, Set<String> types) {
        Set<String> known = allocated.computeIfAbsent(type, JdkAllocators::read);
        if (known.contains(AllocatedTypes.UNKNOWN)) {
            return true;
        }
        return types.isEmpty() ? !known.isEmpty() : known.stream().anyMatch(types::contains);
    }

    private static Set<String> read(Class<?> type) {
        byte[] code = LoadedClasses.codeOf(type);
        if (code == null) {
            return Set.of(AllocatedTypes.UNKNOWN);
        }
        Set<String> found = new HashSet<>();
        ClassReader reader = OpenedClassReader.of(code);
        if (new ConstantPool(reader).canBeRedefined()) {
            reader.accept(new AllocatedTypes(found), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        return Set.copyOf(found);
    }
}
