package io.heapspec.internal.advice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that is known to keep what it is given.
 *
 * @param id its name in results
 * @param patterns the classes and fields that are it
 * @param threads names of threads that are it, with {@code *} for a number
 * @param library the library whose names these are, with its version; empty for the JDK
 * @param kind what kind of holder it is; null if none of those that have one
 * @param why why it holds, a sentence
 * @param cure what to do, a sentence
 */
public record KnownSite(
        String id,
        List<SitePattern> patterns,
        List<String> threads,
        String library,
        @Nullable FrameworkKind kind,
        String why,
        String cure) {

    boolean matches(Step step) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(step));
    }

    boolean matchesThread(String name) {
        return threads.stream().anyMatch(pattern -> SitePattern.matches(pattern, name));
    }

    /** Says why it holds, and what to do. */
    String advice() {
        return why + " " + cure;
    }
}
