package io.heapspec;

import io.heapspec.internal.util.Durations;
import io.heapspec.result.PauseLimit;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads how much a test may be paused. Misuse names the element, the attribute, the value, and what is allowed. */
final class PauseLimits {

    private PauseLimits() {}

    /**
     * Returns the limit of the nearest element that has one, the tightest where it has several; null if there is none.
     *
     * @throws ExtensionConfigurationException if it makes no sense
     */
    static @Nullable PauseLimit of(ExtensionContext context) {
        for (AnnotatedElement element :
                DeclaredPromise.outwards(context.getRequiredTestMethod(), context.getRequiredTestClass())) {
            PauseLimit limit = null;
            for (MaxGcPauses declared : AnnotationSupport.findRepeatableAnnotations(element, MaxGcPauses.class)) {
                PauseLimit checked = checked(declared, element);
                limit = limit == null ? checked : limit.and(checked);
            }
            if (limit != null) {
                excludeOthers(element, context);
                return limit;
            }
        }
        return null;
    }

    private static PauseLimit checked(MaxGcPauses declared, AnnotatedElement element) {
        if (declared.count() < 0) {
            throw misuse(element, ": count = " + declared.count() + " is negative; allowed are 0 and more");
        }
        PauseLimit limit = new PauseLimit(
                declared.count(),
                duration("longest", declared.longest(), element),
                duration("total", declared.total(), element));
        if (limit.isUnlimited()) {
            throw misuse(element, " limits nothing; set count, longest or total");
        }
        return limit;
    }

    private static void excludeOthers(AnnotatedElement element, ExtensionContext context) {
        if (DeclaredPromise.of(context.getRequiredTestMethod(), context.getRequiredTestClass()) != null) {
            throw misuse(
                    element,
                    " excludes @NoLeak and @ExpectLeak: they collect, and a recording is growth; use a test of its own");
        }
        if (TracePlan.of(context) != null) {
            throw misuse(
                    element,
                    " excludes @CaptureTrace, which would have the collection that is forced before the body; use a test of its own");
        }
    }

    private static @Nullable Duration duration(String attribute, String text, AnnotatedElement element) {
        try {
            return text.isEmpty() ? null : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw misuse(element, ": " + attribute + " = " + e.getMessage());
        }
    }

    private static ExtensionConfigurationException misuse(AnnotatedElement element, String problem) {
        return new ExtensionConfigurationException("@MaxGcPauses on " + element + problem);
    }
}
