package io.heapspec;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the documentation shows of {@link MaxGcPauses}; a test compares the two. */
class UsageOfMaxGcPauses {

    private final byte[] page = new byte[1 << 16];

    @Test
    @NoGc
    void clearsAPageWithoutACollection() {
        Arrays.fill(page, (byte) 0);
    }

    @Test
    @MaxGcPauses(longest = "2 s", total = "10 s")
    void copiesPagesInTime() {
        for (int i = 0; i < 1_000; i++) {
            Sink.object = page.clone();
        }
    }
}
