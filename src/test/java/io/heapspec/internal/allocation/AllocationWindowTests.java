package io.heapspec.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heapspec.result.AllocationProfile;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationWindowTests {

    private static final int ROUNDS = 2;
    private static final int MOST_RUNS = 20;

    private static volatile Object sink;

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

    /** The second histogram after a collection ends the empty window, or else the body's; those after it end others. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void countsInStepWithAnotherThread(int due) throws Throwable {
        try (InStep other = new InStep(due)) {
            AllocationWindow window = new AllocationWindow(other);

            AllocationProfile profile = window.settled(() -> sink = new int[1][1], MOST_RUNS);

            assertThat(profile.certification().isExact()).as("%s", profile).isTrue();
            assertThat(profile.objects()).isEqualTo(2);
            assertThat(other.allocated).isPositive();
        }
    }

    /** Shorter than a window takes, so that it is in each of them, and now and then in one twice. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    void countsBesideAThreadThatAllocatesAtShortIntervals(int millis) throws Exception {
        String text = output("-XX:+UseG1GC", BesideATicker.class, Integer.toString(millis));

        assertThat(text.strip()).isEqualTo("12 of 12 right");
    }

    /** A thread that allocates once after each collection, just before the histogram of that number. */
    private static final class InStep implements Runnable, AutoCloseable {

        private final GarbageCollectorMXBean[] collectors =
                ManagementFactory.getGarbageCollectorMXBeans().toArray(new GarbageCollectorMXBean[0]);
        private final Thread thread = new Thread(this::allocate);
        private final int due;
        private long collections;
        private int histograms;
        private volatile boolean ended;
        private volatile int asked;
        private volatile int allocated;

        InStep(int due) {
            this.due = due;
            thread.start();
        }

        @Override
        public void run() {
            long now = 0;
            for (GarbageCollectorMXBean each : collectors) {
                now += each.getCollectionCount();
            }
            histograms = now == collections ? histograms + 1 : 1;
            collections = now;
            if (histograms == due) {
                asked++;
                while (allocated != asked) {
                    Thread.onSpinWait();
                }
            }
        }

        private void allocate() {
            while (!ended) {
                if (allocated != asked) {
                    sink = ByteBuffer.allocate(0);
                    allocated++;
                }
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            ended = true;
        }
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
