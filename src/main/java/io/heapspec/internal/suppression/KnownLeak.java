package io.heapspec.internal.suppression;

import java.util.Comparator;

/**
 * A line of the baseline.
 *
 * @param fingerprint of the leak
 * @param test the test that leaks, without blanks: {@code com.acme.CartTests.adds(String,int)[#1]}
 * @param place where it piles up, for a reader
 */
public record KnownLeak(String fingerprint, String test, String place) implements Comparable<KnownLeak> {

    private static final Comparator<KnownLeak> ORDER = Comparator.comparing(KnownLeak::test)
            .thenComparing(KnownLeak::fingerprint)
            .thenComparing(KnownLeak::place);

    /** Returns the line of the file. */
    public String line() {
        return (fingerprint + " " + test + " " + place).strip();
    }

    @Override
    public int compareTo(KnownLeak other) {
        return ORDER.compare(this, other);
    }
}
