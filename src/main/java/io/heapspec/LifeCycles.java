package io.heapspec;

import io.heapspec.internal.disposable.Call;
import io.heapspec.internal.disposable.LifeCycle;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What belongs to the life of a test's instance and is done once for all its tests. In a loader of its own, each test needs it anew.
 *
 * <p>Where the annotation is on the class, what JUnit would call before all tests is not called outside, and kept with its arguments. Where it is
 * on a method, other tests need it outside, too, and its arguments are not known.
 */
final class LifeCycles {

    private LifeCycles() {}

    /** Keeps a call of a method before all tests of a class, whose store this is. */
    static void keepBeforeAll(Store store, Class<?> testClass, Call call) {
        Calls known = store.getOrComputeIfAbsent(key(testClass), key -> new Calls(new ArrayList<>()), Calls.class);
        known.calls().add(call);
    }

    /**
     * Returns what belongs to a test's instance.
     *
     * @param store the test's, in which what is kept for its classes is found, too
     */
    static LifeCycle of(ExtensionContext context, Store store) {
        List<Object> instances = context.getRequiredTestInstances().getAllInstances();
        List<Call> before = new ArrayList<>();
        List<Call> after = new ArrayList<>();
        for (Object instance : instances) {
            Class<?> type = instance.getClass();
            Calls kept = store.get(key(type), Calls.class);
            before.addAll(kept != null ? kept.calls() : all(type, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN));
            after.addAll(0, all(type, AfterAll.class, HierarchyTraversalMode.BOTTOM_UP));
        }
        return new LifeCycle(instances, before, after);
    }

    private static List<Call> all(Class<?> type, Class<? extends Annotation> annotation, HierarchyTraversalMode order) {
        return AnnotationSupport.findAnnotatedMethods(type, annotation, order).stream()
                .peek(method -> {
                    if (method.getParameterCount() > 0) {
                        throw new ExtensionConfigurationException(
                                "@NoClassLoaderLeak: @" + annotation.getSimpleName() + " "
                                        + method
                                        + " has parameters, which are not known to a single test; allowed are none"
                                        + (annotation == BeforeAll.class ? ", or the annotation on the class" : ""));
                    }
                })
                .map(Call::of)
                .toList();
    }

    private static String key(Class<?> testClass) {
        return "before all of " + testClass.getName();
    }

    private record Calls(List<Call> calls) {}
}
