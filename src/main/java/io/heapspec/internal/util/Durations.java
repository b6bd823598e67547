package io.heapspec.internal.util;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text: {@code 500 ms}, {@code 5 s}, {@code 2 min}. */
public final class Durations {

    private static final Pattern INPUT = Pattern.compile("(\\d{1,9})\\s*(ms|s|min)");

    private Durations() {}

    /** Formats for reading, in milliseconds with one digit after the point: {@code 12.3 ms}, {@code <0.1 ms}. */
    public static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        boolean tiny = millis > 0 && millis < 0.1;
        return tiny ? "<0.1 ms" : String.format(Locale.ROOT, "%,.1f ms", millis);
    }

    /**
     * Reads a duration such as {@code "5 s"}.
     *
     * @throws IllegalArgumentException if the text is no duration; the message says what is allowed
     */
    public static Duration parse(String text) {
        Matcher matcher = INPUT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a duration; write a number and one of ms, s, min");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
