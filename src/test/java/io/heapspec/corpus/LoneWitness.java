package io.heapspec.corpus;

import io.heapspec.RuntimeCounters;
import io.heapspec.internal.census.Census;
import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.trace.EventSettings;
import io.heapspec.internal.trace.TraceWindow;
import io.heapspec.result.CounterChange;
import io.heapspec.result.CounterSnapshot;
import io.heapspec.result.TraceEvent;
import java.nio.file.Path;
import java.util.List;

/**
 * One witness by itself: says of a test whether it leaks, as a tool would that has nothing else. Each looks before and after the test ran so many times, and
 * neither fills up what is bounded, nor looks a second time, nor knows of the others.
 */
sealed interface LoneWitness {

    /** How often a test runs while a witness looks. */
    int RUNS = 20;

    /**
     * Says whether a test leaks.
     *
     * @param test what to run; it has run before, so that first use is over
     */
    boolean accuses(CaseRuns test) throws Exception;

    /** Class histograms of what is alive: a class that has one object more for each run leaks. */
    final class Heap implements LoneWitness {

        private final ClassTable classes = new ClassTable();
        private final Histograms histograms = new Histograms(classes);
        private final Collector collector = new Collector();

        @Override
        public boolean accuses(CaseRuns test) throws Exception {
            Census before = alive();
            test.run(RUNS);
            Census after = alive();
            for (int id = 0; id < after.limit(); id++) {
                if (after.count(id) - before.count(id) >= RUNS) {
                    return true;
                }
            }
            return false;
        }

        private Census alive() throws Exception {
            collector.collect();
            return histograms.live();
        }
    }

    /** Flight Recorder: an object that the test's code has allocated, and that is alive after collections, leaks. */
    final class Trace implements LoneWitness {

        private static final String OLD_OBJECT = "jdk.OldObjectSample";

        private final Path folder;
        private final Collector collector = new Collector();

        Trace(Path folder) {
            this.folder = folder;
        }

        @Override
        public boolean accuses(CaseRuns test) throws Exception {
            EventSettings settings = EventSettings.NONE.withStacks(OLD_OBJECT).with(OLD_OBJECT, "cutoff", "0 ns");
            try (TraceWindow window = TraceWindow.open(settings, folder)) {
                test.run(RUNS);
                collector.collect();
                collector.collect();
                List<TraceEvent> alive = window.events(OLD_OBJECT::equals);
                return alive.stream()
                        .anyMatch(event -> event.stack().stream()
                                .anyMatch(frame -> frame.getClassName().startsWith(test.code())));
            }
        }
    }

    /** Counters after collections: a heap that is larger by more than two readings in a row differ, or one more thread, class, buffer or file in every other run, leaks. */
    final class Counters implements LoneWitness {

        private static final long LEAST_BYTES = 16L << 10;

        @Override
        public boolean accuses(CaseRuns test) throws Exception {
            RuntimeCounters.readAfterCollection();
            CounterSnapshot first = RuntimeCounters.readAfterCollection();
            CounterSnapshot before = RuntimeCounters.readAfterCollection();
            test.run(RUNS);
            CounterChange change = RuntimeCounters.readAfterCollection().since(before);
            long resolution = Math.max(LEAST_BYTES, Math.abs(before.heapBytes() - first.heapBytes()));
            return change.heapBytes() > resolution
                    || change.threads() >= RUNS / 2
                    || change.classesLoaded() - change.classesUnloaded() >= RUNS / 2
                    || change.bufferBytes() >= RUNS / 2
                    || change.fileDescriptors().orElse(0) >= RUNS / 2;
        }
    }
}
