package io.heapspec.bench;

import io.heapspec.internal.trace.FlightRecording;
import io.heapspec.internal.trace.LeakTrace;
import io.heapspec.internal.trace.RecordedEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Measures, in this JVM, what it costs to start a recording, to end it, and to read it, beside the runs of the test that it records. */
final class TraceCost {

    private static final int LATER = 9;

    private TraceCost() {}

    /** Takes the file that a row of the table is written to. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("trace-cost");
        double first = millisOf(folder);
        double[] later = new double[LATER];
        for (int i = 0; i < LATER; i++) {
            later[i] = millisOf(folder);
        }
        Arrays.sort(later);
        Files.writeString(
                Path.of(args[0]),
                String.format(Locale.ROOT, "%.0f | %.0f | %.0f", first, later[LATER / 2], later[LATER - 1]));
    }

    private static double millisOf(Path folder) throws Exception {
        Path file = folder.resolve("cost.jfr");
        long start = System.nanoTime();
        try (FlightRecording recording = FlightRecording.startOnly(LeakTrace.SETTINGS)) {
            FlightRecording.mark();
            FlightRecording.mark();
            recording.dump(file);
        }
        new LeakTrace(Set.of("java.lang.String"), Set.of(), RecordedEvents.read(file, LeakTrace.SETTINGS::has))
                .findings(1);
        double millis = (System.nanoTime() - start) / 1e6;
        Files.delete(file);
        return millis;
    }
}
