package io.heapspec.internal.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentSetTests {

    @TempDir
    Path folder;

    @Test
    void readsKibibytes() throws IOException {
        Path status = Files.writeString(
                folder.resolve("status"), "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t   81236 kB\nThreads:\t20\n");

        assertThat(ResidentSet.bytes(status)).hasValue(81236L * 1024);
    }

    @Test
    void tellsNothingWhereTheSystemDoesNot() throws IOException {
        assertThat(ResidentSet.bytes(folder.resolve("missing"))).isEmpty();
        assertThat(ResidentSet.bytes(Files.writeString(folder.resolve("other"), "Name:\tjava\n")))
                .isEmpty();
        assertThat(ResidentSet.bytes(Files.writeString(folder.resolve("strange"), "VmRSS: much kB\n")))
                .isEmpty();
    }
}
