package io.heapspec.cli;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names that a user asks for: a name in which {@code *} stands for anything and {@code ?} for one character, or a regular
 * expression between slashes, which may match anywhere.
 *
 * @param text what was given
 * @param pattern what it means
 */
record NamePattern(String text, Pattern pattern) {
    static NamePattern of(String text) {
        boolean isRegex = text.length() > 1 && text.startsWith("/") && text.endsWith("/");
        return new NamePattern(text, Pattern.compile(isRegex ? text.substring(1, text.length() - 1) : glob(text)));
    }

    private static String glob(String text) {
        return "\\A"
                + text.chars()
                        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                        .collect(Collectors.joining())
                + "\\z";
    }

    boolean matches(String name) {
        return pattern.matcher(name).find();
    }

    /** Reads a pattern from the command line. */
    static final class Converter implements ITypeConverter<NamePattern> {
        @Override
        public NamePattern convert(String text) {
            try {
                return of(text);
            } catch (PatternSyntaxException wrong) {
                throw new TypeConversionException("'" + text + "' is no regular expression: " + wrong.getDescription());
            }
        }
    }
}
