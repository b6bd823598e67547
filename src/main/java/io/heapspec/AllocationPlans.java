package io.heapspec;

import io.heapspec.internal.baseline.BaselineFile;
import io.heapspec.internal.protocol.AllocationPlan.WarmUp;
import io.heapspec.internal.protocol.ClassFilter;
import io.heapspec.internal.protocol.LimitCheck;
import io.heapspec.internal.protocol.SubtypesOf;
import io.heapspec.internal.util.Bytes;
import io.heapspec.result.AllocationLimit;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns limits and the configuration into a promise. Misuse names the element, the attribute, the value, and what is allowed. */
final class AllocationPlans {

    private static final int MOST_WARM_UPS = 1_000_000;

    private final Configuration configuration;

    AllocationPlans(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Returns what is promised of a test: its own limits, else those of its class, else those of the classes around that; null if there are none. */
    @Nullable
    AllocationPromise of(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        AnnotatedElement element = context.getRequiredTestMethod();
        List<MaxAllocations> limits = limitsOf(element);
        for (Class<?> type = testClass; limits.isEmpty() && type != null; type = type.getEnclosingClass()) {
            element = type;
            limits = limitsOf(type);
        }
        return limits.isEmpty() ? null : promise(limits, element, testClass);
    }

    private static List<MaxAllocations> limitsOf(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, MaxAllocations.class);
    }

    private AllocationPromise promise(List<MaxAllocations> limits, AnnotatedElement element, Class<?> testClass) {
        List<LimitCheck> declared = new ArrayList<>();
        List<LimitCheck> recorded = new ArrayList<>();
        for (MaxAllocations each : limits) {
            LimitCheck check = check(each, element, testClass);
            if (each.baseline()) {
                recorded.add(new LimitCheck(check.limit().unlimited(), check.classes()));
            }
            if (!check.limit().isUnlimited()) {
                declared.add(check);
            }
        }
        return new AllocationPromise(
                declared,
                recorded,
                warmUp(limits, element),
                new BaselineFile(testClass, configuration.baselineFolder()),
                configuration);
    }

    private static LimitCheck check(MaxAllocations limit, AnnotatedElement element, Class<?> testClass) {
        Class<?> of = of(limit, element);
        if (of.isPrimitive()) {
            throw misuse(element, "of", of + " has no objects; name a class, an interface or an array type", null);
        }
        long objects = limit.objects();
        if (objects < 0) {
            throw misuse(element, "objects", objects + " is negative; allowed are 0 and more", null);
        }
        long bytes = bytes(limit, element);
        if (objects == AllocationLimit.NONE && bytes == AllocationLimit.NONE && !limit.baseline()) {
            throw misuse(
                    element,
                    "objects",
                    "nothing and bytes = nothing limit nothing; set one of them, or baseline",
                    null);
        }
        if (objects == 0 && bytes != AllocationLimit.NONE && bytes > 0) {
            throw misuse(
                    element, "bytes", "\"" + limit.bytes() + "\", but no objects have no bytes; leave it out", null);
        }
        return new LimitCheck(
                new AllocationLimit(objects, bytes, of.getTypeName(), limit.scope()), filter(of, testClass));
    }

    private static Class<?> of(MaxAllocations limit, AnnotatedElement element) {
        try {
            return limit.of();
        } catch (TypeNotPresentException e) {
            throw misuse(element, "of", e.typeName() + ", which cannot be loaded", e);
        }
    }

    private static long bytes(MaxAllocations limit, AnnotatedElement element) {
        if (limit.bytes().isEmpty()) {
            return AllocationLimit.NONE;
        }
        try {
            return Bytes.parse(limit.bytes());
        } catch (IllegalArgumentException e) {
            throw misuse(element, "bytes", e.getMessage(), e);
        }
    }

    private static ClassFilter filter(Class<?> of, Class<?> testClass) {
        if (of == Object.class) {
            return ClassFilter.EVERYTHING;
        }
        List<ClassLoader> loaders = Stream.of(of, testClass)
                .map(Class::getClassLoader)
                .map(loader -> loader == null ? ClassLoader.getPlatformClassLoader() : loader)
                .distinct()
                .toList();
        return new SubtypesOf(of, loaders);
    }

    private static WarmUp warmUp(List<MaxAllocations> limits, AnnotatedElement element) {
        List<Integer> given =
                limits.stream().map(MaxAllocations::warmup).distinct().toList();
        int first = given.get(0);
        if (given.size() > 1) {
            throw misuse(
                    element, "warmup", given + " contradict one another; all limits of a test need the same", null);
        }
        if (first < MaxAllocations.UNTIL_SETTLED || first > MOST_WARM_UPS) {
            throw misuse(
                    element,
                    "warmup",
                    first + " is out of range; allowed are UNTIL_SETTLED and 0 to " + MOST_WARM_UPS,
                    null);
        }
        return switch (first) {
            case MaxAllocations.UNTIL_SETTLED -> new WarmUp.UntilSettled(false);
            case 0 -> new WarmUp.None();
            default -> new WarmUp.Times(first);
        };
    }

    private static ExtensionConfigurationException misuse(
            AnnotatedElement element, String attribute, @Nullable String problem, @Nullable Exception cause) {
        String message = "@MaxAllocations on " + element + ": " + attribute + " = " + problem;
        return cause == null
                ? new ExtensionConfigurationException(message)
                : new ExtensionConfigurationException(message, cause);
    }
}
