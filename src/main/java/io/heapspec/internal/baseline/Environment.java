package io.heapspec.internal.baseline;

import io.heapspec.internal.util.ObjectFormat;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the allocations of the same code depend on: which objects the JDK makes for it, and how large objects are.
 *
 * @param jdk the feature release
 * @param format how large objects are
 */
record Environment(int jdk, ObjectFormat format) implements Comparable<Environment> {

    private static final Comparator<Environment> ORDER = Comparator.comparingInt(Environment::jdk)
            .thenComparingInt(each -> each.format().reference())
            .thenComparingInt(each -> each.format().header())
            .thenComparingInt(each -> each.format().alignment());
    private static final Environment THIS_JVM =
            new Environment(Runtime.version().feature(), ObjectFormat.ofThisJvm());
    private static final Pattern SYNTAX = Pattern.compile(
            "JDK (\\d{1,4}), ([48]) B references, (8|12|16) B headers(?:, (16|32|64|128|256) B alignment)?");

    /** Returns that of this JVM. */
    static Environment ofThisJvm() {
        return THIS_JVM;
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static Environment parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not like \"JDK 17, 4 B references, 12 B headers\"");
        }
        String alignment = matcher.group(4);
        return new Environment(
                Integer.parseInt(matcher.group(1)),
                new ObjectFormat(
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        alignment == null ? ObjectFormat.USUAL_ALIGNMENT : Integer.parseInt(alignment)));
    }

    /** Returns it for a reader: {@code JDK 17, 4 B references, 12 B headers}. */
    String text() {
        String text = "JDK " + jdk + ", " + format.reference() + " B references, " + format.header() + " B headers";
        return format.alignment() == ObjectFormat.USUAL_ALIGNMENT
                ? text
                : text + ", " + format.alignment() + " B alignment";
    }

    /** Tells how unlike another environment is: the JDK decides which objects there are, the layout only how large they are. */
    int distance(Environment other) {
        int layout = Math.abs(format.reference() - other.format.reference())
                + Math.abs(format.header() - other.format.header())
                + Math.abs(format.alignment() - other.format.alignment());
        return Math.abs(jdk - other.jdk) * 1_000 + layout;
    }

    @Override
    public int compareTo(Environment other) {
        return ORDER.compare(this, other);
    }
}
