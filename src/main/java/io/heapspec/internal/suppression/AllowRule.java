package io.heapspec.internal.suppression;

import java.util.regex.Pattern;

/**
 * Retention that is allowed by configuration or by a file.
 *
 * @param pattern what is allowed, as {@code com.acme.Cache:entries}
 * @param tests for which test classes, {@code *} for any characters
 * @param source where it stands: a configuration key, or file and line
 * @param reason why it is allowed; empty in configuration
 */
public record AllowRule(String pattern, String tests, String source, String reason) {

    /** Tells whether it is meant for the tests of a class. */
    public boolean isFor(String testClass) {
        return Pattern.matches(("\\Q" + tests + "\\E").replace("*", "\\E.*\\Q"), testClass);
    }

    /** Returns it for a reader, with its source and reason. */
    public String text() {
        return pattern + " (" + source + (reason.isEmpty() ? "" : ": " + reason) + ")";
    }
}
