package io.heapspec.internal.util;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text: {@code 500 ms}, {@code 5 s}, {@code 2 min}. */
public final class Durations {

    private static final Pattern INPUT = Pattern.compile("(\\d{1,9})\\s*(ms|s|min)");

    private Durations() {}

    /** Formats for reading, in milliseconds, exact to a thousandth of one: {@code 12.304 ms}, {@code 20 ms}. */
    public static String millis(Duration duration) {
        String digits = String.format(Locale.ROOT, "%,.3f", inMillis(duration));
        return digits.replaceAll("\\.?0+$", "") + " ms";
    }

    /** Returns a duration in milliseconds. */
    public static double inMillis(Duration duration) {
        return duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
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
