package io.heapspec;

import io.heapspec.CaptureTrace.Keep;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * How a test is recorded.
 *
 * @param events what is recorded in any case
 * @param keep when the recording is kept
 */
record TracePlan(List<String> events, Keep keep) {

    private static final Pattern EVENT = Pattern.compile("[\\w$]+(\\.[\\w$]+)*");

    /**
     * Returns the plan of the nearest annotation; null if there is none.
     *
     * @throws ExtensionConfigurationException if it makes no sense, with element, attribute and value
     */
    static @Nullable TracePlan of(ExtensionContext context) {
        for (AnnotatedElement element :
                DeclaredPromise.outwards(context.getRequiredTestMethod(), context.getRequiredTestClass())) {
            CaptureTrace declared = AnnotationSupport.findAnnotation(element, CaptureTrace.class)
                    .orElse(null);
            if (declared != null) {
                return checked(declared, element, context);
            }
        }
        return null;
    }

    private static TracePlan checked(CaptureTrace declared, AnnotatedElement element, ExtensionContext context) {
        for (String event : declared.events()) {
            if (!EVENT.matcher(event).matches()) {
                throw new ExtensionConfigurationException(
                        "@CaptureTrace on " + element + ": events = \"" + event
                                + "\" is no name of an event; allowed are names such as jdk.ThreadPark or com.acme.OrderPlaced");
            }
        }
        if (DeclaredPromise.of(context.getRequiredTestMethod(), context.getRequiredTestClass()) != null) {
            throw new ExtensionConfigurationException(
                    "@CaptureTrace on " + element
                            + " excludes @NoLeak and @ExpectLeak: a recording is growth; a leak has a trace of its own in the results");
        }
        return new TracePlan(List.of(declared.events()), declared.keep());
    }
}
