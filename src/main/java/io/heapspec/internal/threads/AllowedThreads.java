package io.heapspec.internal.threads;

import io.heapspec.result.LeakedThread;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Threads that may be left, by their names: {@code refresher}, {@code pool-*-thread-*}. {@code *} stands for any characters, and a pattern has
 * to match the whole name: what only contains it is another thread.
 */
public final class AllowedThreads {

    private final List<Pattern> patterns;

    private AllowedThreads(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Reads patterns. An empty one is the name of virtual threads that have none.
     *
     * @throws IllegalArgumentException naming the first pattern that allows every thread
     */
    public static AllowedThreads parse(List<String> patterns) {
        for (String pattern : patterns) {
            if (!pattern.isEmpty() && pattern.replace("*", "").isBlank()) {
                throw new IllegalArgumentException(
                        "\"" + pattern + "\" allows every thread; write a name, or a part of it with *, as in pool-*");
            }
        }
        return new AllowedThreads(patterns.stream().map(AllowedThreads::pattern).toList());
    }

    private static Pattern pattern(String text) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    /** Tells whether a thread may be left. */
    public boolean include(LeakedThread thread) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(thread.name()).matches());
    }
}
