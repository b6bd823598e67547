package io.heapspec;

import io.heapspec.internal.disposable.OutsidePackages;
import io.heapspec.internal.protocol.LoaderPlan;
import io.heapspec.internal.util.Durations;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns {@code @NoClassLoaderLeak} and the configuration into a promise. Misuse names the element, the attribute, the value, and what is allowed. */
final class LoaderPlans {

    private final Configuration configuration;

    LoaderPlans(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Returns the annotation that holds for all tests of a class: its own, or that of a class around it. */
    static @Nullable Annotated onClass(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            Optional<NoClassLoaderLeak> found = AnnotationSupport.findAnnotation(type, NoClassLoaderLeak.class);
            if (found.isPresent()) {
                return new Annotated(type, found.get());
            }
        }
        return null;
    }

    /** Tells whether a test runs in a class loader of its own. */
    static boolean isPromised(ExtensionContext context) {
        return onTest(context) != null;
    }

    private static @Nullable Annotated onTest(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Optional<NoClassLoaderLeak> found = AnnotationSupport.findAnnotation(method, NoClassLoaderLeak.class);
        return found.isPresent() ? new Annotated(method, found.get()) : onClass(context.getRequiredTestClass());
    }

    /** Returns what is promised about a test; null if nothing is. */
    @Nullable
    LoaderPromise of(ExtensionContext context) {
        Annotated annotated = onTest(context);
        if (annotated == null) {
            return null;
        }
        checkTest(annotated, context);
        return promise(annotated);
    }

    private LoaderPromise promise(Annotated annotated) {
        NoClassLoaderLeak promise = annotated.annotation();
        Class<? extends Runnable> cure = promise.cure();
        boolean cured = cure != Runnable.class;
        if (cured && (Modifier.isAbstract(cure.getModifiers()) || !hasConstructor(cure))) {
            throw annotated.misuse(
                    "cure = " + cure.getName()
                            + " cannot be made inside; allowed is a class that has a constructor without parameters and is not abstract");
        }
        if (cured && !promise.expectLeak().isEmpty()) {
            throw annotated.misuse(
                    "cure and expectLeak exclude each other: with a cure, a leak is expected without it");
        }
        return new LoaderPromise(
                new LoaderPlan(
                        cured ? cure.getName() : "", promise.expectLeak(), patience(annotated), configuration.output()),
                outside(annotated),
                cure);
    }

    private OutsidePackages outside(Annotated annotated) {
        try {
            return new OutsidePackages(
                    Stream.concat(Stream.of(annotated.annotation().outside()), configuration.outside().stream())
                            .toList());
        } catch (IllegalArgumentException e) {
            throw annotated.misuse("outside = " + e.getMessage());
        }
    }

    private static Duration patience(Annotated annotated) {
        try {
            return Durations.parse(annotated.annotation().patience());
        } catch (IllegalArgumentException e) {
            throw annotated.misuse("patience = " + e.getMessage());
        }
    }

    private static void checkTest(Annotated annotated, ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), TestFactory.class)) {
            throw annotated.misuse(
                    "a @TestFactory cannot run in a class loader of its own, since JUnit keeps the tests that it makes;"
                            + " allowed are @Test, @ParameterizedTest and @RepeatedTest");
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            checkClass(annotated, instance.getClass());
        }
    }

    private static void checkClass(Annotated annotated, Class<?> type) {
        if (type.getModule().isNamed()) {
            throw annotated.misuse(type.getName() + " is in module "
                    + type.getModule().getName()
                    + ", whose classes cannot be loaded again; run the tests on the class path");
        }
        boolean inner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
        if (!(inner ? hasConstructor(type, type.getEnclosingClass()) : hasConstructor(type))) {
            throw annotated.misuse("the constructor of " + type.getName()
                    + " has parameters, which are made outside of the class loader; allowed is one without");
        }
    }

    private static boolean hasConstructor(Class<?> type, Class<?>... parameters) {
        return Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(constructor -> Arrays.equals(constructor.getParameterTypes(), parameters));
    }

    /**
     * An annotation, and what carries it.
     *
     * @param element a method or a class
     */
    record Annotated(AnnotatedElement element, NoClassLoaderLeak annotation) {

        ExtensionConfigurationException misuse(String problem) {
            return new ExtensionConfigurationException("@NoClassLoaderLeak on " + element + ": " + problem);
        }
    }
}
