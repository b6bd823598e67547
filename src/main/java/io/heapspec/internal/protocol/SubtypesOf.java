package io.heapspec.internal.protocol;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A class and its subclasses; of arrays, those that can be assigned to it.
 *
 * @param type the class
 * @param loaders where other classes are looked up by their names
 */
public record SubtypesOf(Class<?> type, List<ClassLoader> loaders) implements ClassFilter {

    private static final Map<String, Class<?>> PRIMITIVES = Stream.<Class<?>>of(
                    boolean.class,
                    byte.class,
                    char.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class)
            .collect(Collectors.toMap(Class::getName, Function.identity()));

    private static final String DIMENSION = "[]";

    @Override
    public Answer includes(String className) {
        if (type == Object.class || className.equals(type.getTypeName())) {
            return Answer.YES;
        }
        Class<?> found = find(className);
        if (found != null) {
            return type.isAssignableFrom(found) ? Answer.YES : Answer.NO;
        }
        boolean lambda = className.contains("$$Lambda");
        boolean hasSubtypes = !Modifier.isFinal(type.getModifiers()) && !type.isArray();
        return hasSubtypes && (type.isInterface() || !lambda) ? Answer.UNKNOWN : Answer.NO;
    }

    private @Nullable Class<?> find(String className) {
        if (className.endsWith(DIMENSION)) {
            Class<?> element = find(className.substring(0, className.length() - DIMENSION.length()));
            return element == null ? null : element.arrayType();
        }
        Class<?> primitive = PRIMITIVES.get(className);
        return primitive != null
                ? primitive
                : loaders.stream()
                        .map(loader -> load(className, loader))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Class<?> load(String className, ClassLoader loader) {
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }
}
