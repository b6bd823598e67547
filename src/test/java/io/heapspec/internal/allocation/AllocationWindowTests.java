package io.heapspec.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationWindowTests {

    private static final int ROUNDS = 2;

    @ParameterizedTest
    @ValueSource(strings = {"Serial", "Parallel", "G1"})
    void countsEachObjectAndByteOfEachProgram(String collector) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+Use" + collector + "GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountedPrograms.class.getName(),
                        Integer.toString(ROUNDS))
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        int all = ROUNDS * Programs.all().size();
        assertThat(text.strip()).isEqualTo(all + " of " + all + " right");
    }

    @Test
    void letsTheBodysFailurePass() {
        IllegalStateException own = new IllegalStateException("own");
        AllocationWindow window = new AllocationWindow();

        assertThat(catchThrowable(() -> window.once(() -> {
                    throw own;
                })))
                .isSameAs(own);
    }
}
