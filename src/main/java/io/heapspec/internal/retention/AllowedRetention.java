package io.heapspec.internal.retention;

import io.heapspec.result.UnclosedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Retention that breaks no promise, as patterns in one text syntax: {@code com.acme.Cache}, {@code com.acme.*},
 * {@code com.acme.Cache:entries}, {@code com.acme.Cache:entries,index}.
 *
 * <p>A chain is allowed when it passes through an object, or a static field, of a class that matches; with fields named, when it
 * leaves it through one of them. {@code *} stands for any characters.
 */
public final class AllowedRetention {

    /** What the text of a root begins with that is a static field. */
    static final String STATIC = "static field ";

    private static final Pattern SYNTAX = Pattern.compile("[\\w.$*\\[\\]]+(:[\\w$*]+(,[\\w$*]+)*)?");

    private final List<Rule> rules;

    private AllowedRetention(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException naming the first pattern that cannot be read, and the syntax
     */
    public static AllowedRetention parse(List<String> patterns) {
        List<Rule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            if (!SYNTAX.matcher(pattern).matches()) {
                throw new IllegalArgumentException("\"" + pattern
                        + "\" is no retention pattern; write com.acme.Cache, com.acme.* or com.acme.Cache:field,field");
            }
            int colon = pattern.indexOf(':');
            String fields = colon < 0 ? "*" : pattern.substring(colon + 1);
            String type = colon < 0 ? pattern : pattern.substring(0, colon);
            rules.add(new Rule(pattern, glob(type), glob(fields)));
        }
        return new AllowedRetention(List.copyOf(rules));
    }

    /** Returns the patterns that allow a chain of these hops. */
    List<String> covering(List<Hop> hops) {
        return rules.stream()
                .filter(rule -> hops.stream().anyMatch(rule::covers))
                .map(Rule::text)
                .toList();
    }

    /** Returns the patterns that allow a resource to be left open: those of its class. */
    public List<String> covering(UnclosedResource resource) {
        return rules.stream()
                .filter(rule -> rule.covers(resource))
                .map(Rule::text)
                .toList();
    }

    private static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case ',' -> regex.append('|');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private record Rule(String text, Pattern type, Pattern field) {

        boolean covers(Hop hop) {
            if (hop.edge() instanceof EdgeName.Root root && root.text().startsWith(STATIC)) {
                int dot = root.text().lastIndexOf('.');
                return matches(
                        root.text().substring(STATIC.length(), dot), root.text().substring(dot + 1));
            }
            if (hop.edge() instanceof EdgeName.Field edge) {
                return matches(edge.declaringClass(), edge.name()) || matches(hop.holder(), edge.name());
            }
            return isOfClass(hop.type())
                    || hop.edge() instanceof EdgeName.OfThreadLocal value && coversKey(value.key());
        }

        private boolean coversKey(String key) {
            int name = key.lastIndexOf(' ') + 1;
            int dot = key.lastIndexOf('.');
            return dot > name && matches(key.substring(name, dot), key.substring(dot + 1));
        }

        boolean covers(UnclosedResource resource) {
            return isOfClass(resource.className());
        }

        /** Tells whether it allows a class, whatever its fields hold. */
        private boolean isOfClass(String className) {
            return field.pattern().equals(".*") && type.matcher(className).matches();
        }

        private boolean matches(String className, String fieldName) {
            return type.matcher(className).matches() && field.matcher(fieldName).matches();
        }
    }
}
