package io.heapspec.cli;

/**
 * Makes names from a dump harmless: whoever wrote the program that was dumped chose them, and a terminal obeys control
 * characters.
 */
final class Escapes {
    private static final int HIGHEST_LATIN_CONTROL = 0x9F;
    private static final int DELETE = 0x7F;

    private Escapes() {}

    /** Replaces control characters, line breaks included, and marks that turn the direction of writing, by their numbers. */
    static String controls(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                safe.appendCodePoint(c);
            } else {
                for (char half : Character.toChars(c)) {
                    safe.append(String.format("\\u%04x", (int) half));
                }
            }
        });
        return safe.toString();
    }

    private static boolean isHarmless(int c) {
        if (c < ' ' || c >= DELETE && c <= HIGHEST_LATIN_CONTROL) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
