package io.heapspec.internal.agent;

import java.lang.instrument.Instrumentation;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Instruments classes so that they say which lines of theirs allocate. Attaches to this JVM when it is first asked.
 *
 * <p>Not thread-safe; one tracer is open at a time.
 */
public final class TracingAgent {

    private static final System.Logger LOGGER = System.getLogger(TracingAgent.class.getName());

    /**
     * How much longer redefining may take, all classes and each, than it took first, which is when all is cold. JVMs compare the constants of a
     * class with all that it had before, and with some classes these become more each time. Many classes take longer than few, and few take
     * longer for each: only both together say that it has become slow.
     */
    private static final int SLOWER = 5;

    private final ProbedCode probed = new ProbedCode();
    private final JdkAllocators jdk = new JdkAllocators();
    private @Nullable Attached attached;
    private boolean slow;
    private long nanosAtFirst;
    private long nanosPerClassAtFirst;

    /**
     * Instruments what code may run: classes that can be reached from its own, and those of the JDK that allocate what is looked for.
     *
     * @param code a class with the code that is to be traced
     * @param allocated classes whose allocations are looked for, named as {@link Class#getTypeName()} has them; empty for all
     * @throws AgentUnavailableException if this JVM does not let us
     */
    public AllocationTracer trace(Class<?> code, Set<String> allocated) throws AgentUnavailableException {
        return trace(TracedCode.anyOf(code), allocated);
    }

    /**
     * Instruments what may run when some code does, and the classes of the JDK that allocate what is looked for.
     *
     * @param allocated classes whose allocations are looked for, named as {@link Class#getTypeName()} has them; empty for all
     * @throws AgentUnavailableException if this JVM does not let us
     */
    public AllocationTracer trace(TracedCode code, Set<String> allocated) throws AgentUnavailableException {
        if (slow) {
            throw new AgentUnavailableException(
                    "redefining classes has become slow in this JVM, so lines are not looked for any more; run the test alone");
        }
        Attached known = attached == null ? attach() : attached;
        attached = known;
        long start = System.nanoTime();
        LoadedClasses loaded = new LoadedClasses(known.instrumentation());
        Set<Class<?>> chosen = new LinkedHashSet<>(ReachableClasses.from(code, loaded));
        long found = System.nanoTime();
        int reached = chosen.size();
        if (code.withJdk()) {
            chosen.addAll(jdk.of(allocated, loaded));
        }
        AllocationTracer tracer =
                new AllocationTracer(known.recorder(), known.layout(), known.instrumentation(), probed);
        try {
            tracer.instrument(chosen);
        } catch (RuntimeException | Error failed) {
            tracer.close();
            throw failed;
        }
        long end = System.nanoTime();
        noteWhetherSlow(end - found, Math.max(1, chosen.size()));
        LOGGER.log(
                System.Logger.Level.DEBUG,
                () -> chosen.size() + " of " + loaded.all().size() + " classes, " + reached
                        + " of them reached, were instrumented in " + (end - start) / 1_000_000 + " ms, "
                        + (found - start) / 1_000_000 + " ms of it for finding them");
        return tracer;
    }

    private void noteWhetherSlow(long nanos, int classes) {
        if (nanosAtFirst == 0) {
            nanosAtFirst = nanos;
            nanosPerClassAtFirst = nanos / classes;
        }
        slow = nanos > SLOWER * nanosAtFirst && nanos / classes > SLOWER * nanosPerClassAtFirst;
    }

    private static Attached attach() throws AgentUnavailableException {
        Instrumentation instrumentation = Attachment.instrumentation();
        return new Attached(instrumentation, BootRecorder.in(instrumentation), ArrayLayout.of(instrumentation));
    }

    /** What is the same as long as the JVM lives. */
    private record Attached(Instrumentation instrumentation, BootRecorder recorder, ArrayLayout layout) {}
}
