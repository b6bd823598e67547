package io.heapspec.bench;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.MethodCall;
import org.junit.jupiter.api.Test;

/** A test that leaves nothing behind. Classes with many of them are generated: nobody should have to read 200 methods. */
public class CleanTest {

    /** What each of the tests does. */
    protected void work() {
        Map<String, List<Integer>> byName = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            byName.computeIfAbsent("name " + i % 10, name -> new ArrayList<>()).add(i);
        }
    }

    /** Generates a class with so many test methods. */
    static Class<?> withTests(int tests) {
        return withTests(tests, "Plain", new ByteBuddy().subclass(CleanTest.class));
    }

    /** Generates a class with so many test methods that promises something. */
    static Class<?> withTests(int tests, AnnotationDescription promise) {
        String name = promise.getAnnotationType().getSimpleName();
        return withTests(tests, name, new ByteBuddy().subclass(CleanTest.class).annotateType(promise));
    }

    private static Class<?> withTests(int tests, String name, DynamicType.Builder<?> subclass) {
        DynamicType.Builder<?> type = subclass.name(CleanTest.class.getPackageName() + "." + name + "TestCases");
        for (int i = 1; i <= tests; i++) {
            type = type.defineMethod("test" + i, void.class, Visibility.PUBLIC)
                    .intercept(MethodCall.invoke(named("work")))
                    .annotateMethod(
                            AnnotationDescription.Builder.ofType(Test.class).build());
        }
        try (DynamicType.Unloaded<?> made = type.make()) {
            return made.load(
                            CleanTest.class.getClassLoader(),
                            ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                    .getLoaded();
        }
    }
}
