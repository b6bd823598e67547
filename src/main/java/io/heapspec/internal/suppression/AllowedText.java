package io.heapspec.internal.suppression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads allowed retention from text. In a file it is one a line, with a reason, and optionally the test classes that are meant:
 *
 * <pre>
 * # of the framework
 * com.acme.AuditLog:entries                     # grows by intention
 * com.acme.old.Registry  in com.acme.Legacy*    # SHOP-1234
 * </pre>
 */
public final class AllowedText {

    private static final Pattern LINE = Pattern.compile("(\\S+)(?:\\s+in\\s+(\\S+))?\\s+#\\s*(\\S.*)");
    private static final String ALLOWED =
            "write com.acme.Cache:field # reason, or com.acme.Cache:field in com.acme.SomeTests # reason";

    private final UnaryOperator<String> problemOf;

    /** @param problemOf returns what is wrong with a pattern; empty if nothing is */
    public AllowedText(UnaryOperator<String> problemOf) {
        this.problemOf = problemOf;
    }

    /**
     * Reads a list whose separator is a comma; as the fields of a class are separated by one, too, what has no dot continues the fields before it.
     *
     * @param source where it stands
     */
    public List<AllowRule> list(String text, String source) throws SuppressionException {
        List<String> patterns = new ArrayList<>();
        for (String part : Arrays.stream(text.split(",")).map(String::strip).toList()) {
            int last = patterns.size() - 1;
            if (last >= 0 && patterns.get(last).contains(":") && part.matches("[\\w$*]+")) {
                patterns.set(last, patterns.get(last) + "," + part);
            } else if (!part.isEmpty()) {
                patterns.add(part);
            }
        }
        List<AllowRule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            rules.add(checked(new AllowRule(pattern, "*", source, ""), null));
        }
        return rules;
    }

    /**
     * Reads a file.
     *
     * @param file its name
     */
    public List<AllowRule> file(String text, String file) throws SuppressionException {
        List<AllowRule> rules = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new SuppressionException(file + ": line " + number + " is \"" + line + "\"; " + ALLOWED);
            }
            String tests = matcher.group(2) == null ? "*" : matcher.group(2);
            rules.add(
                    checked(new AllowRule(matcher.group(1), tests, file + " line " + number, matcher.group(3)), line));
        }
        return rules;
    }

    private AllowRule checked(AllowRule rule, @Nullable String line) throws SuppressionException {
        String problem = problemOf.apply(rule.pattern());
        if (!problem.isEmpty()) {
            throw new SuppressionException(
                    rule.source() + (line == null ? "" : " is \"" + line + "\"") + ": " + problem);
        }
        return rule;
    }
}
