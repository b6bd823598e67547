package io.heapspec.internal.protocol;

import io.heapspec.internal.agent.AgentUnavailableException;
import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracedCode;
import io.heapspec.internal.agent.TracingAgent;
import io.heapspec.internal.allocation.AllocationWindow;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.Certification.Instrumented;
import io.heapspec.result.ClassAllocations;
import java.util.List;
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
        try (AllocationTracer tracer = open(profile, TracedCode.anyOf(code))) {
            tracer.record(body::run);
            trace = tracer.record(body::run);
        } catch (AgentUnavailableException e) {
            trace = AllocationTrace.missing(String.valueOf(e.getMessage()));
        }
        return reconciled(profile, trace);
    }

    /**
     * Returns what instrumented code counted, where the histogram was not certain and that is: objects times sizes are the thread's bytes.
     *
     * @return the profile itself if they are not
     */
    static AllocationProfile recounted(AllocationProfile profile) {
        List<ClassAllocations> classes = profile.trace().classes();
        long bytes = classes.stream().mapToLong(ClassAllocations::bytes).sum();
        return profile.certification().isExact() || classes.isEmpty() || bytes != profile.bytes()
                ? profile
                : new AllocationProfile(classes, bytes, new Instrumented(), profile.trace());
    }

    /** Puts the lines, or why there are none, into a profile. */
    static AllocationProfile reconciled(AllocationProfile profile, AllocationTrace trace) {
        AllocationProfile recounted = recounted(profile.tracedBy(trace));
        return recounted.tracedBy(AllocationSentences.reconciled(trace, recounted));
    }

    /** Instruments what may allocate what was counted; all that may allocate anything, if that is not certain. */
    AllocationTracer open(AllocationProfile profile, TracedCode code) throws AgentUnavailableException {
        Set<String> classes = profile.certification().isExact()
                ? profile.classes().stream().map(ClassAllocations::className).collect(Collectors.toSet())
                : Set.of();
        return open(classes, code);
    }

    /**
     * Instruments what may allocate objects of some classes.
     *
     * @param classes names of the classes, as {@link Class#getTypeName()} has them; empty for all
     */
    AllocationTracer open(Set<String> classes, TracedCode code) throws AgentUnavailableException {
        try {
            // Only here, since without Byte Buddy its class cannot even be linked.
            TracingAgent known = agent == null ? new TracingAgent() : agent;
            agent = known;
            return known.trace(code, classes);
        } catch (NoClassDefFoundError missing) {
            throw new AgentUnavailableException(
                    "Byte Buddy is missing; add net.bytebuddy:byte-buddy and byte-buddy-agent to the test's class path",
                    missing);
        } catch (RuntimeException | LinkageError failed) {
            // A Byte Buddy that is older than the JVM, a loader with a mind of its own: the verdict does not depend on
            // it.
            throw new AgentUnavailableException("code could not be instrumented: " + failed, failed);
        }
    }
}
