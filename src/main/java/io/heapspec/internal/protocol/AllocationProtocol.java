package io.heapspec.internal.protocol;

import io.heapspec.internal.allocation.AllocationWindow;
import io.heapspec.internal.allocation.Reading;
import io.heapspec.internal.allocation.Settling;
import io.heapspec.internal.protocol.AllocationPlan.WarmUp;
import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.AllocationProfile;
import io.heapspec.result.Certification;
import io.heapspec.result.Certification.Collected;
import io.heapspec.result.Certification.Instrumented;
import io.heapspec.result.Certification.NotSeen;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether tests allocate no more than their limits.
 *
 * <p>The test's own run is measured first. If it keeps every limit, that is all. Else the test is repeated until two runs allocate the same,
 * and what those allocate is judged: the first run loads and links what later runs find.
 *
 * <p>Knows no test framework. Not thread-safe: what is measured is the whole heap, so tests are judged one at a time.
 */
public final class AllocationProtocol {

    /** Enough for most code to settle; what the just-in-time compiler removes later takes thousands of runs. */
    private static final int MOST_RUNS = 20;

    private final AllocationWindow window = new AllocationWindow();
    private final LineFinder finder = new LineFinder();
    private boolean seesGarbage = true;

    /**
     * Runs a test's body, and reads what it allocates: only how many bytes, where a histogram would not show the objects.
     *
     * @return null if this JVM cannot count; then the body ran all the same
     * @throws Throwable what the body throws
     */
    public @Nullable Reading measure(AllocationWindow.Body body) throws Throwable {
        Once once = new Once(body);
        try {
            seesGarbage = window.seesGarbage();
            return seesGarbage ? window.measure(once) : window.measureBytes(once);
        } catch (UnsupportedOperationException e) {
            if (once.started) {
                throw e;
            }
            body.run();
            return null;
        }
    }

    /**
     * Judges a test.
     *
     * @param first what its own run allocated; null if that could not be counted
     */
    public AllocationJudgement judge(AllocationPlan plan, @Nullable Reading first, MeasuredTest test) {
        long start = System.nanoTime();
        if (first == null) {
            return AllocationJudgement.unjudged(
                    Reason.UNSUPPORTED_JVM, "this JVM has no class histogram", 0, millisSince(start));
        }
        Settling settling = window.settling();
        if (!(plan.warmUp() instanceof WarmUp.Times)) {
            settling.add(first);
            if (isEnough(plan, settling.profile())) {
                return explained(plan, judgement(plan, settling, 0, start), test, start);
            }
        }
        Measuring measuring = new Measuring();
        try (Repeater repeater = new Repeater(test.repetition(measuring), plan.deadline(), plan.budget())) {
            return explained(plan, repeat(plan, settling, test, measuring, repeater, start), test, start);
        }
    }

    /** Only a limit that is broken, or may be, is worth instrumenting code for. What is counted on all threads is not counted anew. */
    private AllocationJudgement explained(
            AllocationPlan plan, AllocationJudgement judgement, MeasuredTest test, long start) {
        boolean spent = judgement.reason() == Reason.LIMIT_EXCEEDED || judgement.reason() == Reason.NOT_CERTIFIED;
        if (judgement.outcomes().isEmpty() || !spent) {
            return judgement;
        }
        AllocationExplanation explanation = new AllocationExplanation(finder, plan, test);
        AllocationProfile traced = explanation.traced(judgement.profile());
        boolean recounted = traced.certification() instanceof Instrumented && plan.isOfTestThread();
        AllocationProfile profile = recounted ? traced : judgement.profile().tracedBy(traced.trace());
        List<LimitOutcome> outcomes = outcomes(plan, profile);
        return new AllocationJudgement(
                plan.reason(outcomes),
                recounted ? AllocationSentences.certification(profile, plan, false, seesGarbage) : judgement.detail(),
                outcomes,
                profile,
                judgement.observed(),
                judgement.reruns() + explanation.runs(),
                millisSince(start));
    }

    private AllocationJudgement repeat(
            AllocationPlan plan,
            Settling settling,
            MeasuredTest test,
            Measuring measuring,
            Repeater repeater,
            long start) {
        try {
            if (plan.warmUp() instanceof WarmUp.Times warmUp) {
                warmUp(test.body(), warmUp.times(), plan, repeater);
            }
            for (int run = 0; run < MOST_RUNS && !isClear(plan, settling); run++) {
                repeater.run(1);
                repeater.giveBack(measuring.nanosOfMeasuring());
                settling.add(measuring.taken());
            }
            return judgement(plan, settling, repeater.runs(), start);
        } catch (NotMeasurableException e) {
            return AllocationJudgement.unjudged(
                    e.reason(), String.valueOf(e.getMessage()), repeater.runs(), millisSince(start));
        }
    }

    private static void warmUp(Repetition body, int times, AllocationPlan plan, Repeater repeater)
            throws NotMeasurableException {
        boolean ended = repeater.runApart(
                () -> {
                    for (int i = 0; i < times; i++) {
                        body.run();
                    }
                },
                plan.budget());
        if (!ended) {
            throw new NotMeasurableException(
                    Reason.COULD_NOT_REPEAT, "the test passed once and failed when it was warmed up", null);
        }
        repeater.ran(times);
    }

    /** Two runs alike are enough if they answer the question, or if the histogram cannot: then only instrumentation can. */
    private boolean isClear(AllocationPlan plan, Settling settling) {
        if (!settling.agrees()) {
            return false;
        }
        Certification certification = settling.profile().certification();
        return certification instanceof NotSeen
                || certification instanceof Collected
                || plan.reason(outcomes(plan, settling.profile())) != Reason.NOT_CERTIFIED;
    }

    private List<LimitOutcome> outcomes(AllocationPlan plan, AllocationProfile profile) {
        return plan.outcomes(profile, seesGarbage);
    }

    private boolean isEnough(AllocationPlan plan, AllocationProfile firstRun) {
        return !(plan.warmUp() instanceof WarmUp.UntilSettled settled)
                || settled.spares(plan.reason(outcomes(plan, firstRun)) == Reason.WITHIN_LIMIT);
    }

    private AllocationJudgement judgement(AllocationPlan plan, Settling settling, int reruns, long start) {
        AllocationProfile profile = settling.profile();
        List<LimitOutcome> outcomes = outcomes(plan, profile);
        return new AllocationJudgement(
                plan.reason(outcomes),
                AllocationSentences.certification(profile, plan, settling.agrees(), seesGarbage),
                outcomes,
                profile,
                settling.observed(),
                reruns,
                millisSince(start));
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** Knows whether the body was started: it must not run twice. */
    private static final class Once implements AllocationWindow.Body {

        private final AllocationWindow.Body body;
        private boolean started;

        Once(AllocationWindow.Body body) {
            this.body = body;
        }

        @Override
        public void run() throws Throwable {
            started = true;
            body.run();
        }
    }

    /** Measures the body of a test that is repeated. */
    private final class Measuring implements BodyRunner {

        private @Nullable Reading reading;
        private long nanosOfMeasuring;

        @Override
        public void run(AllocationWindow.Body body) throws Throwable {
            long start = System.nanoTime();
            reading = window.measure(body);
            nanosOfMeasuring = System.nanoTime() - start - window.nanosOfBody();
        }

        long nanosOfMeasuring() {
            return nanosOfMeasuring;
        }

        Reading taken() throws NotMeasurableException {
            Reading known = reading;
            reading = null;
            if (known == null) {
                throw new NotMeasurableException(
                        Reason.COULD_NOT_REPEAT, "the test could not be measured when it was repeated", null);
            }
            return known;
        }
    }
}
