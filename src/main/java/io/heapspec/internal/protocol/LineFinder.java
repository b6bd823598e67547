package io.heapspec.internal.protocol;

import io.heapspec.internal.agent.AgentUnavailableException;
import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracingAgent;
import io.heapspec.internal.allocation.AllocationWindow;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.ClassAllocations;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the lines that allocate what was counted, by running it with instrumented code. Not thread-safe. */
public final class LineFinder {

    private @Nullable TracingAgent agent;

    /**
     * Runs some code twice, once to link what is instrumented and once to record.
     *
     * @param profile what was counted
     * @param code the class that has the code
     * @return the profile with the lines, or with why there are none
     * @throws Throwable what the code throws
     */
    public AllocationProfile traced(AllocationProfile profile, Class<?> code, AllocationWindow.Body body)
            throws Throwable {
        AllocationTrace trace;
        try (AllocationTracer tracer = open(profile, code)) {
            tracer.record(body::run);
            trace = tracer.record(body::run);
        } catch (AgentUnavailableException e) {
            trace = AllocationTrace.missing(String.valueOf(e.getMessage()));
        }
        return profile.tracedBy(AllocationSentences.reconciled(trace, profile));
    }

    /** Instruments what may allocate what was counted. */
    AllocationTracer open(AllocationProfile profile, Class<?> code) throws AgentUnavailableException {
        Set<String> classes =
                profile.classes().stream().map(ClassAllocations::className).collect(Collectors.toSet());
        try {
            // Only here, since without Byte Buddy its class cannot even be linked.
            TracingAgent known = agent == null ? new TracingAgent() : agent;
            agent = known;
            return known.trace(code, classes);
        } catch (NoClassDefFoundError missing) {
            throw new AgentUnavailableException(
                    "Byte Buddy is missing; add net.bytebuddy:byte-buddy and byte-buddy-agent to the test's class path",
                    missing);
        }
    }
}
