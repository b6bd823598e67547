package io.heapspec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the documentation shows of {@link MaxAllocations}; a test compares the two. */
class UsageOfMaxAllocations {

    private static final byte[] TEXT = {'4', '2', '4', '2'};

    @Nullable
    String decoded;

    int total;

    @Test
    @MaxAllocations(objects = 2, bytes = "48 B")
    @MaxAllocations(objects = 0, of = StringBuilder.class)
    void decodesWithOneCopy() {
        decoded = new String(TEXT, 0, 4, StandardCharsets.ISO_8859_1);
    }

    @Test
    @MaxAllocations(baseline = true)
    void decodesAsRecorded() {
        decoded = new String(TEXT, 0, 4, StandardCharsets.ISO_8859_1);
    }

    @Test
    @NoAllocations
    void addsWithoutGarbage() {
        total += 42;
    }
}
