package io.heapspec.internal.agent;

import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds out which lines allocate: instruments the classes of this JVM, as long as it is open, and records what they report.
 *
 * <p>Code that is instrumented links anew what it calls dynamically, so let it run once before what it allocates is recorded. Not thread-safe.
 */
public final class AllocationTracer implements AutoCloseable {

    private static final Comparator<AllocationSite> MOST_FIRST =
            Comparator.comparingLong(AllocationSite::bytes).reversed().thenComparing(AllocationSite::className);

    private final BootRecorder recorder;
    private final ArrayLayout layout;
    private final SiteTable sites;
    private final InstrumentedClasses classes;

    AllocationTracer(BootRecorder recorder, ArrayLayout layout, Instrumentation instrumentation, ProbedCode code) {
        this.recorder = recorder;
        this.layout = layout;
        this.sites = code.sites();
        classes = new InstrumentedClasses(instrumentation, code);
    }

    void instrument(Collection<Class<?>> types) {
        classes.instrument(types);
    }

    /**
     * Runs something, and records what is allocated meanwhile.
     *
     * @throws Throwable what it throws; nothing is recorded then
     */
    public AllocationTrace record(Body body) throws Throwable {
        Object[][] lanes;
        recorder.start(layout);
        try {
            body.run();
        } finally {
            lanes = recorder.stop();
        }
        List<AllocationSite> found = new ArrayList<>();
        for (Object[] lane : lanes) {
            new RecordedLane(lane, sites, classes).addTo(found);
        }
        found.sort(MOST_FIRST);
        return new AllocationTrace(Thread.currentThread().getName(), found, classes.omissions());
    }

    /** Gives all classes their own code back. */
    @Override
    public void close() {
        classes.restore();
    }

    /** What is recorded. */
    @FunctionalInterface
    public interface Body {
        void run() throws Throwable;
    }
}
