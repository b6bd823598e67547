package io.heapspec.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationWindowTests {

    private static final int ROUNDS = 2;

    @ParameterizedTest
    @ValueSource(strings = {"Serial", "Parallel", "G1"})
    void countsEachObjectAndByteOfEachProgram(String collector) throws Exception {
        String text = output("-XX:+Use" + collector + "GC", CountedPrograms.class, Integer.toString(ROUNDS));

        int all = ROUNDS * Programs.all().size();
        assertThat(text.strip()).isEqualTo(all + " of " + all + " right");
    }

    /** Instrumentation does not depend on what the histogram counts. */
    @ParameterizedTest
    @ValueSource(strings = {"Serial", "G1", "Z"})
    void isConfirmedByInstrumentation(String collector) throws Exception {
        String text = output("-XX:+Use" + collector + "GC", TracedPrograms.class, "1");

        int all = Programs.all().size();
        assertThat(text.lines().reduce((first, second) -> second)).contains(all + " of " + all + " right");
    }

    private static String output(String collector, Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                collector,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
