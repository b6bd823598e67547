package io.heapspec;

import io.heapspec.internal.protocol.ThreadPlan;
import io.heapspec.internal.threads.AllowedThreads;
import io.heapspec.internal.util.Durations;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Turns an annotation and the configuration into a plan. Misuse names the element, the attribute, the value, and what is allowed. */
final class ThreadPlans {

    private final Configuration configuration;

    ThreadPlans(Configuration configuration) {
        this.configuration = configuration;
    }

    /** @param element what carries the annotation, for the message */
    ThreadPlan of(NoThreadLeak promise, AnnotatedElement element) {
        String on = "@NoThreadLeak on " + element + ": ";
        List<String> own = List.of(promise.allow());
        List<String> configured = configuration.allowedThreads();
        parsed(on + "allow = ", () -> AllowedThreads.parse(own));
        String key = "configuration parameter " + Configuration.THREADS_ALLOW_PROPERTY_NAME + ": ";
        parsed(key, () -> AllowedThreads.parse(configured));
        Duration linger = promise.linger().isEmpty()
                ? configuration.linger()
                : parsed(on + "linger = ", () -> Durations.parse(promise.linger()));
        List<String> all = Stream.concat(own.stream(), configured.stream()).toList();
        return new ThreadPlan(linger, AllowedThreads.parse(all), promise.failOnUncaught());
    }

    private static <T> T parsed(String where, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(where + e.getMessage(), e);
        }
    }
}
