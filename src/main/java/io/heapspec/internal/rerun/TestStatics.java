package io.heapspec.internal.rerun;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The static fields of a test class, its superclasses and enclosing classes, as they were before the test was repeated.
 *
 * <p>A repetition runs {@code @BeforeAll} and {@code @AfterAll} in the midst of the class: it makes the fixture again and clears it, while
 * tests that are still to come need the first one. Final fields stay as they are; fields that cannot be accessed are left alone.
 */
public final class TestStatics {

    private final Map<Field, @Nullable Object> values = new LinkedHashMap<>();

    private TestStatics() {}

    /** Notes the values of all fields. */
    public static TestStatics of(Class<?> testClass) {
        TestStatics statics = new TestStatics();
        for (Class<?> outer = testClass; outer != null; outer = outer.getEnclosingClass()) {
            for (Class<?> type = outer; type != null && type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    statics.note(field);
                }
            }
        }
        return statics;
    }

    private void note(Field field) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers) || field.isSynthetic()) {
            return;
        }
        try {
            field.setAccessible(true);
            values.put(field, field.get(null));
        } catch (InaccessibleObjectException | IllegalAccessException notOurs) {
            values.remove(field);
        }
    }

    /** Puts the noted values back. */
    public void restore() {
        values.forEach((field, value) -> {
            try {
                field.set(null, value);
            } catch (IllegalAccessException becameInaccessible) {
                throw new IllegalStateException(becameInaccessible);
            }
        });
        values.clear();
    }
}
