package io.heapspec.internal.baseline;

import io.heapspec.internal.util.VmFlags;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the allocations of the same code depend on: which objects the JDK makes for it, and how large objects are.
 *
 * @param jdk the feature release
 * @param reference bytes of a reference
 * @param header bytes that each object has before its fields
 * @param alignment what sizes are rounded up to
 */
record Environment(int jdk, int reference, int header, int alignment) implements Comparable<Environment> {

    private static final int USUAL_ALIGNMENT = 8;
    private static final Comparator<Environment> ORDER = Comparator.comparingInt(Environment::jdk)
            .thenComparingInt(Environment::reference)
            .thenComparingInt(Environment::header)
            .thenComparingInt(Environment::alignment);
    private static final Pattern SYNTAX = Pattern.compile(
            "JDK (\\d{1,4}), ([48]) B references, (8|12|16) B headers(?:, (16|32|64|128|256) B alignment)?");

    /** Returns that of this JVM. */
    static Environment ofThisJvm() {
        return new Environment(
                Runtime.version().feature(),
                VmFlags.isSet("UseCompressedOops") ? 4 : 8,
                headerHere(),
                VmFlags.value("ObjectAlignmentInBytes").map(Integer::parseInt).orElse(USUAL_ALIGNMENT));
    }

    private static int headerHere() {
        if (VmFlags.isSet("UseCompactObjectHeaders")) {
            return 8;
        }
        return VmFlags.isCleared("UseCompressedClassPointers") ? 16 : 12;
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
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                alignment == null ? USUAL_ALIGNMENT : Integer.parseInt(alignment));
    }

    /** Returns it for a reader: {@code JDK 17, 4 B references, 12 B headers}. */
    String text() {
        String text = "JDK " + jdk + ", " + reference + " B references, " + header + " B headers";
        return alignment == USUAL_ALIGNMENT ? text : text + ", " + alignment + " B alignment";
    }

    /** Tells how unlike another environment is: the JDK decides which objects there are, the layout only how large they are. */
    int distance(Environment other) {
        int layout = Math.abs(reference - other.reference)
                + Math.abs(header - other.header)
                + Math.abs(alignment - other.alignment);
        return Math.abs(jdk - other.jdk) * 1_000 + layout;
    }

    @Override
    public int compareTo(Environment other) {
        return ORDER.compare(this, other);
    }
}
