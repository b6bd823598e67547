package io.heapspec;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations say of one test: the nearest element that has either of them decides whether a leak is expected; attributes are those of
 * the nearest {@link NoLeak}, from there outwards.
 *
 * @param noLeak the attributes; null for every default
 * @param noLeakOn what carries them; null with them
 * @param expectLeak what is expected; null where nothing shall leak
 * @param expectLeakOn what carries that; null with it
 */
record DeclaredPromise(
        @Nullable NoLeak noLeak,
        @Nullable AnnotatedElement noLeakOn,
        @Nullable ExpectLeak expectLeak,
        @Nullable AnnotatedElement expectLeakOn) {

    /** Returns what is said of a test; null if that is nothing. */
    static @Nullable DeclaredPromise of(Method method, Class<?> testClass) {
        ExpectLeak expected = null;
        AnnotatedElement expectedOn = null;
        for (AnnotatedElement element : outwards(method, testClass)) {
            NoLeak noLeak =
                    AnnotationSupport.findAnnotation(element, NoLeak.class).orElse(null);
            if (expected == null) {
                expected = AnnotationSupport.findAnnotation(element, ExpectLeak.class)
                        .orElse(null);
                expectedOn = element;
            }
            if (noLeak != null) {
                return new DeclaredPromise(noLeak, element, expected, expected == null ? null : expectedOn);
            }
        }
        return expected == null ? null : new DeclaredPromise(null, null, expected, expectedOn);
    }

    /** Returns a test method and the classes around it, from the inside out. */
    static List<AnnotatedElement> outwards(Method method, Class<?> testClass) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(method));
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            elements.add(type);
        }
        return elements;
    }
}
