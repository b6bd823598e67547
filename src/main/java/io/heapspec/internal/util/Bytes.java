package io.heapspec.internal.util;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes, as text. 1 KiB is 1,024 B. */
public final class Bytes {

    private static final Pattern INPUT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]+)");
    private static final Map<String, Long> UNITS = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Bytes() {}

    /**
     * Reads a size such as {@code "48 KiB"}.
     *
     * @throws IllegalArgumentException if the text is no size; the message says what is allowed
     */
    public static long parse(String text) {
        Matcher matcher = INPUT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a size; write a number and one of B, KiB, MiB, GiB");
        }
        String unit = matcher.group(2);
        Long factor = UNITS.get(unit);
        if (factor == null) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has the unknown unit \"" + unit + "\"; use B, KiB, MiB or GiB" + hint(unit));
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("\"" + text + "\" is larger than any heap", tooLarge);
        }
    }

    private static String hint(String unit) {
        return unit.equalsIgnoreCase("kb") ? " (\"KB\" means 1,000 or 1,024; write KiB for 1,024)" : "";
    }

    /** Formats exactly and readably: {@code 49,356 B (48.2 KiB)}, or {@code 16 B}. */
    public static String exact(long bytes) {
        String plain = String.format(Locale.ROOT, "%,d B", bytes);
        return Math.abs(bytes) < 1024 ? plain : plain + " (" + rounded(bytes) + ")";
    }

    /** Formats for reading: {@code 48.2 KiB}. */
    public static String rounded(long bytes) {
        long size = Math.abs(bytes);
        if (size < 1L << 10) {
            return String.format(Locale.ROOT, "%,d B", bytes);
        }
        if (size < 1L << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        if (size < 1L << 30) {
            return String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
        }
        return String.format(Locale.ROOT, "%.1f GiB", bytes / 1024.0 / 1024.0 / 1024.0);
    }
}
