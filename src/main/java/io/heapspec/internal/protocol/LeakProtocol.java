package io.heapspec.internal.protocol;

import io.heapspec.internal.census.ClassTable;
import io.heapspec.internal.census.Histograms;
import io.heapspec.internal.counters.Counters;
import io.heapspec.internal.gc.Collector;
import io.heapspec.internal.gc.HeapDumper;
import io.heapspec.internal.protocol.Explanation.Explained;
import io.heapspec.internal.protocol.LeakDetails.Detailed;
import io.heapspec.internal.protocol.UnclosedSearch.Unclosed;
import io.heapspec.internal.retention.FoundLeak;
import io.heapspec.internal.suppression.ExpectedLeak;
import io.heapspec.result.Block;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.Reason;
import io.heapspec.result.Reconciliation;
import io.heapspec.result.TraceFindings;
import io.heapspec.result.Verdict;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether tests leak: screen, confirm, explain.
 *
 * <p>One for each JVM. Knows no test framework: a test is a group name, a {@link LeakPlan} and a {@link RepeatableTest}.
 *
 * <p>Not thread-safe: what is measured is the whole heap, so tests are judged one at a time.
 */
public final class LeakProtocol {

    private static final System.Logger LOGGER = System.getLogger(LeakProtocol.class.getName());

    /** How many more a list may have room for, and is found all the same, where every test is repeated. */
    private static final int ROOM_FOR_RUNS = 500;

    private final ClassTable classes = new ClassTable();
    private final Collector collector = new Collector();
    private final LiveSet liveSet = new JvmLiveSet(new Histograms(classes), classes, collector);
    private final HeapDumper dumper = new HeapDumper(collector);
    private final Rehearsal rehearsal = new Rehearsal();
    private final Gaps gaps = new Gaps(liveSet, classes);
    private final Cleanables cleanables = new Cleanables(classes);
    private final OpenWatch open = new OpenWatch(cleanables);
    private final Screen screen = new Screen(liveSet, classes, gaps, cleanables);
    private final Origins origins = new Origins(new LineFinder());
    private final LeakDetails details = new LeakDetails(origins, new TraceWitness(collector));
    private final CounterWitness counters = new CounterWitness(collector);
    private final UnclosedSearch unclosed = new UnclosedSearch(dumper, liveSet, cleanables, origins);
    private final JvmDescription jvm = new JvmDescription(
            System.getProperty("java.version", ""),
            System.getProperty("java.vm.name", ""),
            Collector.name(),
            Runtime.getRuntime().maxMemory());
    private final StepTimer costs = new StepTimer();
    private int threadsBefore;
    private long allocatedBefore;
    /** What the first run allocated on its own thread. */
    private long allocated;

    private boolean checked;
    private @Nullable NotMeasurableException unfit;

    /**
     * Prepares to judge a test; call it just before the test runs.
     *
     * @param test what the screen may assume about it
     */
    public void start(TestOrigin test) {
        threadsBefore = Counters.liveThreads();
        try {
            if (!checked) {
                checked = true;
                new Controls(liveSet, classes).check();
            }
            if (unfit == null) {
                screen.start(test);
            }
        } catch (NotMeasurableException e) {
            unfit = e;
        }
        open.started();
        allocatedBefore = Counters.allocatedByThisThread();
    }

    /** Describes the JVM that is judged. */
    public JvmDescription jvm() {
        return jvm;
    }

    /** Forgets the test that was started, because it will not be judged. */
    public void abandon() {
        screen.forget();
    }

    /**
     * Judges the test that was started, after it has ended.
     *
     * @param test how to run it again; null if that is not allowed
     */
    public LeakJudgement judge(LeakPlan plan, @Nullable RepeatableTest test) {
        allocated = Math.max(0, Counters.allocatedByThisThread() - allocatedBefore);
        costs.start();
        NotMeasurableException known = unfit;
        if (known != null) {
            return inconclusive(known, plan, 0, List.of());
        }
        try {
            // Before the census, which collects: what only a collection closes is still open now.
            open.ran();
            Screen.Screening screening = screen.finish();
            open.screened(screening);
            costs.screened();
            LOGGER.log(
                    Level.DEBUG,
                    () -> "grew in the first run: " + screening.suspects().describe(classes));
            boolean clean = screening.suspects().isEmpty() && !open.isSearchNeeded(plan);
            boolean pass = clean && plan.everyNthRun() == 1 && plan.expected() == null;
            if (pass && (plan.screen() && screening.isWhole() || test == null)) {
                return judgement(Reason.NO_GROWTH, Sentences.noGrowth(), plan, 0, Findings.NONE, List.of());
            }
            if (test == null) {
                throw new NotMeasurableException(Reason.COULD_NOT_REPEAT, Sentences.mayNotRepeat(), null);
            }
            return confirm(screening, plan, test, pass);
        } catch (NotMeasurableException e) {
            screen.forget();
            return inconclusive(e, plan, 0, List.of());
        }
    }

    /** @param passed whether the screen saw nothing, so that it is mostly enough if the short blocks see nothing either */
    private LeakJudgement confirm(Screen.Screening screening, LeakPlan plan, RepeatableTest test, boolean passed) {
        try (Repeater repeater = new Repeater(test.repetition(), plan.deadline(), plan.budget())) {
            Blocks blocks = new Blocks(repeater, liveSet, screening.census(), open);
            try {
                Confirmation confirmation = new Confirmation(
                        blocks,
                        new Filling(repeater, test, liveSet),
                        classes,
                        new Sensitivity(plan.everyNthRun()),
                        screening.suspects(),
                        gaps.isFiller());
                if (passed && passesAgain(confirmation, plan)) {
                    costs.confirmed();
                    screen.repeated(blocks.last());
                    return judgement(
                            Reason.NO_GROWTH, Sentences.noGrowth(), plan, repeater.runs(), Findings.NONE, List.of());
                }
                Suspects suspects = passed ? confirmation.suspects() : confirmation.shortBlocks();
                return explained(suspects, confirmation, screening, plan, test, blocks);
            } catch (NotMeasurableException e) {
                screen.forget();
                return inconclusive(e, plan, repeater.runs(), blocks.record());
            }
        } finally {
            test.restore();
        }
    }

    /**
     * Tells whether nothing grew in the short blocks either, where that is enough. A test that cannot be repeated has passed once, and that is what is known
     * of it.
     */
    private boolean passesAgain(Confirmation confirmation, LeakPlan plan) {
        try {
            return confirmation.shortBlocks().isEmpty() && plan.screen() && !open.isSearchNeeded(plan);
        } catch (NotMeasurableException cannotBeRepeated) {
            LOGGER.log(Level.DEBUG, "what the constructor leaves is not known", cannotBeRepeated);
            return true;
        }
    }

    private LeakJudgement explained(
            Suspects suspects,
            Confirmation confirmation,
            Screen.Screening screening,
            LeakPlan plan,
            RepeatableTest test,
            Blocks blocks)
            throws NotMeasurableException {
        Reason acquittal = acquittal(confirmation, suspects, plan.screen() ? 0 : ROOM_FOR_RUNS);
        costs.confirmed();
        Sensitivity sensitivity = new Sensitivity(plan.everyNthRun());
        Explained explained = acquittal != null
                ? new Explained(acquittal, List.of())
                : new Explanation(plan, dumper, classes, sensitivity, linger(), rehearsal, counters)
                        .explain(confirmation, blocks);
        Findings found = findings(explained, plan, test, blocks.repeater());
        costs.explained();
        learn(found.reason(explained.reason()), screening, blocks);
        return judgement(explained, found, plan, blocks);
    }

    /** Adds what further repetitions tell. Where they cannot be made, what was confirmed before stands all the same. */
    private Findings findings(Explained explained, LeakPlan plan, RepeatableTest test, Repeater repeater)
            throws NotMeasurableException {
        List<Leak> confirmed = explained.leaks().stream().map(FoundLeak::leak).toList();
        Detailed detailed = details.of(confirmed, test, repeater, plan.dumps());
        try {
            // What has filled up holds no more with every run, and all the runs that fill it were made before.
            boolean heapGrows = explained.reason() != Reason.NOT_REPEATED && explained.reason() != Reason.FILLING;
            Unclosed left =
                    open.isSearchNeeded(plan) && detailed.leaks().stream().noneMatch(UnclosedSearch::explains)
                            ? unclosed.search(plan, test, repeater, open.before(), linger(), heapGrows)
                            : Unclosed.NOTHING;
            if (left.resources().isEmpty()
                    && left.suppressed().isEmpty()
                    && explained.reason() == Reason.NOT_REPEATED) {
                open.acquitted();
            }
            return new Findings(
                    detailed,
                    left,
                    Stream.concat(explained.suppressed().stream(), left.suppressed().stream())
                            .toList());
        } catch (NotMeasurableException e) {
            if (confirmed.isEmpty()) {
                throw e;
            }
            LOGGER.log(Level.DEBUG, "no more is known than what the heap shows", e);
            return new Findings(detailed, Unclosed.NOTHING, explained.suppressed());
        }
    }

    /** Returns why nothing is suspected any more after the short blocks, or after all that has a bound is full; null if something is. */
    private @Nullable Reason acquittal(Confirmation confirmation, Suspects suspects, int roomForRuns)
            throws NotMeasurableException {
        LOGGER.log(Level.DEBUG, () -> "grew in every short block: " + suspects.describe(classes));
        Suspects beyond = confirmation.filledUp(roomForRuns);
        LOGGER.log(Level.DEBUG, () -> "grew when all was full: " + beyond.describe(classes));
        if (!beyond.isEmpty()) {
            return null;
        }
        return suspects.piling().length > 0 ? Reason.FILLING : Reason.NOT_REPEATED;
    }

    /** The thread that repeats the test is one more. */
    private Linger linger() {
        return new Linger(threadsBefore + 1);
    }

    private void learn(Reason reason, Screen.Screening screening, Blocks blocks) {
        if (reason == Reason.NOT_REPEATED) {
            screen.acquitted(screening, blocks.last());
        } else {
            screen.forget();
        }
    }

    private LeakJudgement judgement(Explained explained, Findings found, LeakPlan plan, Blocks blocks) {
        int runs = blocks.repeater().runs();
        Reason reason = found.reason(explained.reason());
        List<Block> record = evidence(reason, explained, found, blocks);
        String detail = switch (reason) {
            case UNEXPLAINED -> Sentences.unexplained(explained.suspects(), record);
            case LEAK -> addsObjects(found.leaks().get(0)) ? Sentences.growth(record) : Sentences.repeated(runs);
            case UNCLOSED -> Sentences.growth(record);
            default -> Sentences.after(reason, runs, record);
        };
        LeakJudgement judgement = judgement(reason, detail, plan, runs, found, record);
        Reconciliation witnesses = reconciled(judgement, explained, found, blocks.repeater());
        return judgement.with(witnesses, found.detailed().trace());
    }

    private Reconciliation reconciled(LeakJudgement judgement, Explained explained, Findings found, Repeater repeater) {
        HeapInterval interval = explained.interval();
        if (!found.leaks().isEmpty() && interval != null) {
            return Reconciler.ofLeak(found.detailed(), interval, repeater.bytesPerRun());
        } else if (judgement.reason() == Reason.UNCLOSED) {
            return Reconciler.ofUnclosed(judgement.unclosed().get(0));
        }
        return judgement.reconciliation();
    }

    /** The blocks that show why: those of the leak, or else of what is left open, if that is what the verdict is about. */
    private List<Block> evidence(Reason reason, Explained explained, Findings found, Blocks blocks) {
        if (!found.leaks().isEmpty()) {
            return evidence(found.leaks().get(0), blocks);
        }
        return reason == explained.reason() ? blocks.record() : found.left().blocks();
    }

    private static boolean addsObjects(Leak leak) {
        return !leak.referencesOnly() && leak.objectsPerRun() > 0;
    }

    /** The blocks with the growth of what leaks, where the histogram can tell it from others of its class. */
    private List<Block> evidence(Leak leak, Blocks blocks) {
        int id = !addsObjects(leak) ? -1 : classes.idOf(leak.chain().leakedClass());
        return id < 0 ? blocks.record() : blocks.record(id);
    }

    private LeakJudgement inconclusive(NotMeasurableException why, LeakPlan plan, int runs, List<Block> blocks) {
        return judgement(why.reason(), String.valueOf(why.getMessage()), plan, runs, Findings.NONE, blocks);
    }

    /** A test whose leak is expected must not pass without it. */
    private LeakJudgement judgement(
            Reason reason, String detail, LeakPlan plan, int runs, Findings found, List<Block> blocks) {
        ExpectedLeak expected = plan.expected();
        boolean gone = reason.verdict() == Verdict.PASSED && reason != Reason.EXPECTED_LEAK;
        return new LeakJudgement(
                expected != null && gone ? Reason.LEAK_GONE : reason,
                expected != null && gone ? Sentences.gone(expected, detail) : detail,
                plan.everyNthRun(),
                runs,
                found.leaks(),
                found.left().resources(),
                blocks,
                costs.soFar(),
                found.suppressed(),
                Reconciler.ofPassed(reason, allocated),
                TraceFindings.NONE);
    }
}
