package io.heapspec.internal.advice;

import java.util.Arrays;
import java.util.List;

/**
 * A class, or fields of one, in the syntax of allowed retention: {@code com.acme.Cache:entries,index}, {@code com.acme.*}. {@code *} stands
 * for any characters.
 *
 * @param type the class
 * @param fields its fields; empty for any object of the class
 * @param jdks the versions of the JDK that have it; empty for a library's
 */
record SitePattern(String type, List<String> fields, List<Integer> jdks) {

    static SitePattern parse(String text, List<Integer> jdks) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SitePattern(text, List.of(), jdks)
                : new SitePattern(
                        text.substring(0, colon),
                        Arrays.asList(text.substring(colon + 1).split(",", -1)),
                        jdks);
    }

    boolean matches(Step step) {
        return matches(type, step.type())
                && (fields.isEmpty() || fields.stream().anyMatch(field -> matches(field, step.field())));
    }

    /** Tells whether a text is what a pattern says, without a regular expression for each of some hundred patterns. */
    static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        String last = parts[parts.length - 1];
        if (parts.length == 1) {
            return pattern.equals(text);
        } else if (!text.startsWith(parts[0]) || !text.endsWith(last)) {
            return false;
        }
        int from = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], from);
            if (found < 0) {
                return false;
            }
            from = found + parts[i].length();
        }
        return from <= text.length() - last.length();
    }
}
