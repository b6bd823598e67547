package io.heapspec.internal.protocol;

import io.heapspec.internal.agent.AgentUnavailableException;
import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracedCode;
import io.heapspec.internal.allocation.AllocationWindow;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationTrace;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the lines that allocate: the test is repeated with instrumented code, once to link it and once to record. */
final class AllocationExplanation {

    private final LineFinder finder;
    private final AllocationPlan plan;
    private final MeasuredTest test;
    private int runs;

    AllocationExplanation(LineFinder finder, AllocationPlan plan, MeasuredTest test) {
        this.finder = finder;
        this.plan = plan;
        this.test = test;
    }

    /** Returns a profile with the lines that were recorded, or with why none were. */
    AllocationProfile traced(AllocationProfile profile) {
        return LineFinder.reconciled(profile, trace(profile));
    }

    private AllocationTrace trace(AllocationProfile profile) {
        try (AllocationTracer tracer = finder.open(profile, tracedCode())) {
            return recorded(tracer);
        } catch (AgentUnavailableException e) {
            return AllocationTrace.missing(String.valueOf(e.getMessage()));
        }
    }

    private TracedCode tracedCode() {
        Method body = test.method();
        return new TracedCode(test.code(), body == null ? Set.of() : Set.of(body));
    }

    /** Returns how many times the test was repeated for it. */
    int runs() {
        return runs;
    }

    private AllocationTrace recorded(AllocationTracer tracer) {
        Recording recording = new Recording(tracer);
        try (Repeater repeater = new Repeater(test.repetition(recording), plan.deadline(), plan.budget())) {
            repeater.run(2);
            runs = repeater.runs();
        } catch (NotMeasurableException e) {
            return AllocationTrace.missing(String.valueOf(e.getMessage()));
        }
        AllocationTrace trace = recording.trace;
        return trace == null ? AllocationTrace.missing("the test's body was not run when it was repeated") : trace;
    }

    private static final class Recording implements BodyRunner {

        private final AllocationTracer tracer;
        private @Nullable AllocationTrace trace;

        Recording(AllocationTracer tracer) {
            this.tracer = tracer;
        }

        @Override
        public void run(AllocationWindow.Body body) throws Throwable {
            trace = tracer.record(body::run);
        }
    }
}
