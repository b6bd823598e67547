package io.heapspec.internal.protocol;

import io.heapspec.internal.agent.AgentUnavailableException;
import io.heapspec.internal.agent.AllocationTracer;
import io.heapspec.internal.agent.TracedCode;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.AllocationSite;
import io.heapspec.result.AllocationTrace;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.Origin;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds out where objects are made: repeats the test with instrumented code, once to link it and once to record. Not thread-safe. */
final class Origins {

    private static final System.Logger LOGGER = System.getLogger(Origins.class.getName());
    private static final Duration TO_INSTRUMENT = Duration.ofSeconds(5);

    private static final double TOLERANCE = 0.1;
    /** Bytes per run: garbage of the test that is as large as what leaks, and as frequent, is no accident from here on. */
    private static final int NO_ACCIDENT = 1024;

    private static final double EXACTLY = 0.5;

    private final LineFinder finder;

    Origins(LineFinder finder) {
        this.finder = finder;
    }

    /**
     * Looks for all lines that make objects of some classes. That no line is found, for want of an agent or because the test cannot be repeated once
     * more, changes no verdict.
     *
     * <p>What can run when the test's methods do is instrumented: more takes too long where a test class can reach much. The JDK's code is only where the
     * test's own does not explain all: for it the JVM throws away so much compiled code that what comes after takes seconds.
     *
     * @param isEnough tells whether lines of the test's own code explain all
     */
    Found of(Set<String> classes, RepeatableTest test, Repeater repeater, Predicate<Found> isEnough) {
        if (classes.isEmpty()) {
            return new Found(List.of(), "");
        }
        TracedCode code = new TracedCode(test.code(), test.entries());
        Found own = traced(classes, code.withoutJdk(), test, repeater);
        return !own.missing().isEmpty() || isEnough.test(own) ? own : traced(classes, code, test, repeater);
    }

    private Found traced(Set<String> classes, TracedCode code, RepeatableTest test, Repeater repeater) {
        try (AllocationTracer tracer = finder.open(classes, code)) {
            Recording recording = new Recording(tracer, repeater.repetition());
            boolean recorded = repeater.runApart(recording.twice(), TO_INSTRUMENT);
            AllocationTrace trace = recording.trace;
            return recorded && trace != null
                    ? new Found(ofTheTest(recording, trace, test.code()), "")
                    : new Found(List.of(), "the test failed when it was repeated with instrumented code");
        } catch (AgentUnavailableException | NotMeasurableException e) {
            LOGGER.log(Level.DEBUG, "lines are not known", e);
            return new Found(List.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Leaves out what the runner of the test makes for itself on the same thread, on the way to the test or after it. */
    private static List<AllocationSite> ofTheTest(Recording recording, AllocationTrace trace, Class<?> test) {
        Set<String> own = new HashSet<>();
        for (Class<?> type = test; type != null && type != Object.class; type = type.getSuperclass()) {
            own.add(ClassNames.outermost(type.getName()));
        }
        return trace.sites().stream()
                .filter(site -> !site.thread().equals(recording.thread)
                        || site.stack().stream()
                                .anyMatch(frame -> own.contains(ClassNames.outermost(frame.getClassName()))))
                .toList();
    }

    /**
     * What was found.
     *
     * @param sites every line that made something, with what it made
     * @param missing why none could be looked for; empty if they were
     */
    record Found(List<AllocationSite> sites, String missing) {

        /** Returns where objects of some classes are made, most of them first. */
        List<Origin> of(Collection<String> classes) {
            return origins(sitesOf(classes));
        }

        /**
         * Returns where what piles up is made, as far as that is sure: of a class that has much else made of it, as of strings, it is not known which of
         * them stay. It is if all of them do, or if a single line makes as many and as much as stay.
         */
        List<Origin> of(Leak leak) {
            List<AllocationSite> made = sitesOf(List.of(leak.chain().leakedClass()));
            if (made.stream().mapToLong(AllocationSite::objects).sum() <= most(leak)) {
                return origins(made);
            }
            List<AllocationSite> alike = alike(leak, made);
            return alike.size() == 1 ? origins(alike) : List.of();
        }

        private static double most(Leak leak) {
            return leak.objectsPerRun() * (1 + TOLERANCE);
        }

        private static List<AllocationSite> alike(Leak leak, List<AllocationSite> made) {
            return made.stream()
                    .filter(site -> site.objects() <= most(leak)
                            && site.objects() >= leak.objectsPerRun() * (1 - TOLERANCE)
                            && site.bytes() <= leak.bytesPerRun() * (1 + TOLERANCE)
                            && site.bytes() >= leak.bytesPerRun() / 2)
                    .toList();
        }

        /**
         * Tells whether lines of the test's own code make what piles up, whatever the JDK makes beside them: just one makes as many objects and as many bytes,
         * to the byte, or so many that it is no accident. Of what has a kind of its own, as threads, it is enough that as many are made.
         */
        boolean explains(Leak leak) {
            List<AllocationSite> made = sitesOf(List.of(leak.chain().leakedClass()));
            if (leak.kind() != LeakKind.OBJECTS) {
                return made.stream().mapToLong(AllocationSite::objects).sum() >= leak.objectsPerRun();
            }
            boolean isOfJdk = leak.chain().leakedClass().endsWith("]")
                    || ClassNames.isOfJdk(leak.chain().leakedClass());
            if (!isOfJdk) {
                return true;
            }
            List<AllocationSite> alike = alike(leak, made);
            return alike.size() == 1 && (leak.bytesPerRun() >= NO_ACCIDENT || isExactly(leak, alike.get(0)));
        }

        private static boolean isExactly(Leak leak, AllocationSite site) {
            return Math.abs(site.objects() - leak.objectsPerRun()) < EXACTLY
                    && Math.abs(site.bytes() - leak.bytesPerRun()) < EXACTLY;
        }

        /** Returns how many objects of a class one run made, as far as it was traced. */
        long made(String className) {
            return made(List.of(className));
        }

        /** Returns how many objects of some classes one run made, as far as it was traced. */
        long made(Collection<String> classes) {
            return sitesOf(classes).stream().mapToLong(AllocationSite::objects).sum();
        }

        private List<AllocationSite> sitesOf(Collection<String> classes) {
            return sites.stream()
                    .filter(site -> !site.stack().isEmpty() && classes.contains(ClassNames.stable(site.className())))
                    .sorted(Comparator.comparingLong(AllocationSite::objects).reversed())
                    .toList();
        }

        private static List<Origin> origins(List<AllocationSite> made) {
            return made.stream()
                    .map(site -> new Origin(site.thread(), site.stack()))
                    .distinct()
                    .toList();
        }
    }

    private static final class Recording implements Repetition {

        private final AllocationTracer tracer;
        private final Repetition repetition;
        private @Nullable AllocationTrace trace;
        private String thread = "";

        Recording(AllocationTracer tracer, Repetition repetition) {
            this.tracer = tracer;
            this.repetition = repetition;
        }

        /** Once to link what is instrumented. */
        Repetition twice() {
            return () -> {
                run();
                run();
            };
        }

        @Override
        public void run() throws RepetitionFailedException {
            thread = Thread.currentThread().getName();
            try {
                trace = tracer.record(repetition::run);
            } catch (RepetitionFailedException failed) {
                throw failed;
            } catch (Throwable failed) {
                throw RepetitionFailedException.causedBy(failed);
            }
        }
    }
}
