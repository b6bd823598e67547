package io.heapspec.internal.report;

import io.heapspec.internal.advice.Advice;
import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.AllocationJudgement;
import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.CountRange;
import io.heapspec.result.LimitOutcome;
import io.heapspec.result.RecordedAllocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of a broken or undecided {@code @MaxAllocations}: limit, what was allocated, of which classes, how certain that is. */
public final class AllocationMessage implements FailureText {

    private static final int MOST_CLASSES = 8;
    private static final int MOST_LINES = 8;
    private static final int MOST_CLASSES_OF_LINE = 3;
    private static final int MOST_RUNS = 6;

    private final TestName test;
    private final AllocationJudgement judgement;

    public AllocationMessage(TestName test, AllocationJudgement judgement) {
        this.test = test;
        this.judgement = judgement;
    }

    @Override
    public String headline() {
        String name = "@MaxAllocations: " + test.shortName();
        if (judgement.outcomes().isEmpty()) {
            return name + " could not be judged: " + judgement.detail() + ".";
        }
        LimitOutcome first = decisive().get(0);
        return name + " allocates " + found(first) + compared(first.limit()) + ". " + capitalized(judgement.detail())
                + ".";
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(headline());
        if (judgement.outcomes().isEmpty()) {
            return text.append('\n')
                    .append(Advice.inconclusive(judgement.reason()))
                    .toString();
        }
        List<LimitOutcome> others = decisive();
        for (LimitOutcome other : others.subList(1, others.size())) {
            text.append("\nAlso ")
                    .append(found(other))
                    .append(compared(other.limit()))
                    .append('.');
        }
        List<ClassAllocations> classes = judgement.profile().classes();
        for (ClassAllocations each : classes.subList(0, Math.min(MOST_CLASSES, classes.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%7s × %s, %s",
                    number(each.objects()),
                    each.className(),
                    Bytes.rounded(each.bytes())));
        }
        if (classes.size() > MOST_CLASSES) {
            text.append("\n        ... and ")
                    .append(classes.size() - MOST_CLASSES)
                    .append(" more classes in the results file");
        }
        text.append(sites(decisive().get(0)));
        if (judgement.observed().size() > 1) {
            text.append("\nRuns allocated ").append(runs()).append('.');
        }
        return text.append('\n').append(advice()).toString().replace("\r\n", "\n");
    }

    private String sites(LimitOutcome broken) {
        boolean ofObjects = broken.limit().objects() != AllocationLimit.NONE;
        List<SpendingLine> lines = SpendingLine.of(broken.sites(), ofObjects);
        long all = ofObjects ? broken.objects().least() : broken.bytes().least();
        StringBuilder text = new StringBuilder();
        for (SpendingLine each : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%7s object%s, %s%s: %s%n        at %s",
                    number(each.objects()),
                    each.objects() == 1 ? "" : "s",
                    Bytes.rounded(each.bytes()),
                    share(ofObjects ? each.objects() : each.bytes(), all),
                    each.classes(MOST_CLASSES_OF_LINE),
                    each.place()));
        }
        if (lines.size() > MOST_LINES) {
            text.append("\n        ... and ")
                    .append(lines.size() - MOST_LINES)
                    .append(" more lines in the results file");
        }
        String note = judgement.profile().trace().note();
        return (text.isEmpty() ? "" : "\nLines that allocate it:")
                + text
                + (note.isEmpty() ? "" : "\n" + capitalized(note) + ".");
    }

    /** Of all that the limit is about. What instrumentation sees beside it, the just-in-time compiler removes. */
    private static String share(long part, long all) {
        return part > all || all == 0 ? "" : String.format(Locale.ROOT, ", %.0f %%", 100.0 * part / all);
    }

    @Override
    public String expected() {
        return table().expected();
    }

    @Override
    public String actual() {
        return table().actual(judgement.profile().classes());
    }

    private AllocationTable table() {
        return new AllocationTable(test.shortName(), decisive());
    }

    private String advice() {
        return switch (judgement.reason()) {
            case LIMIT_EXCEEDED ->
                "Reuse what is made anew with every run, or "
                        + raise(decisive().get(0).limit());
            case BASELINE_TOO_HIGH -> "Record what it allocates now: heapspec.baseline=write.";
            case OTHER_ENVIRONMENT -> "Record what it allocates here, beside that: heapspec.baseline=write.";
            case NO_BASELINE -> "Record what it allocates, and commit the file with the test: heapspec.baseline=write.";
            case NOT_CERTIFIED ->
                "Run the test alone, on Serial, Parallel or G1, which count garbage, and with a young generation that all it allocates fits into.";
            case COULD_NOT_REPEAT -> "Make the test repeatable, or judge its first run: @MaxAllocations(warmup = 0).";
            default -> Advice.inconclusive(judgement.reason());
        };
    }

    private static String raise(AllocationLimit limit) {
        RecordedAllocations baseline = limit.baseline();
        return baseline == null
                ? "raise the limit if this is what the code needs."
                : "record it if this is what the code needs: heapspec.baseline=write rewrites " + baseline.file() + ".";
    }

    /** The limits that are broken; where none is for sure, those that may be; where none may be, those that could be lower. */
    private List<LimitOutcome> decisive() {
        List<LimitOutcome> all = judgement.outcomes();
        return Stream.<Predicate<LimitOutcome>>of(
                        LimitOutcome::isBroken,
                        each -> !each.isKept(),
                        each -> each.isBelow() && each.limit().baseline() != null)
                .map(kind -> all.stream().filter(kind).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(all);
    }

    /** Holds what was found against the limit, in words. */
    private String compared(AllocationLimit limit) {
        RecordedAllocations baseline = limit.baseline();
        return switch (judgement.reason()) {
            case RECORDED -> "";
            case NO_BASELINE -> "; it has no baseline to be compared with";
            case NOT_CERTIFIED ->
                limit.isUnlimited()
                        ? "; that is too uncertain to be recorded"
                        : "; whether that keeps the " + (baseline == null ? "limit" : "baseline") + " of "
                                + limit(limit) + " is uncertain";
            default ->
                baseline == null
                        ? "; the limit is " + limit(limit)
                        : "; its baseline is " + limit(limit)
                                + (baseline.here() ? "" : ", recorded on " + baseline.environment());
        };
    }

    private static String found(LimitOutcome outcome) {
        String scope = outcome.limit().scope() == AllocationScope.ALL_THREADS ? " on all threads" : "";
        String noun = outcome.limit().isOfEverything()
                ? "object"
                : ClassNames.simple(outcome.limit().ofClass());
        String plural = outcome.limit().isOfEverything() && !outcome.objects().equals(CountRange.exactly(1)) ? "s" : "";
        return outcome.objects().most() == AllocationLimit.NONE
                ? "an unknown number of " + noun + plural + scope
                : range(outcome.objects()) + " " + noun + plural + ", " + bytes(outcome.bytes()) + scope;
    }

    private static String limit(AllocationLimit limit) {
        List<String> parts = new ArrayList<>();
        if (limit.objects() != AllocationLimit.NONE) {
            parts.add(number(limit.objects()) + (limit.objects() == 1 ? " object" : " objects"));
        }
        if (limit.bytes() != AllocationLimit.NONE) {
            parts.add(Bytes.exact(limit.bytes()));
        }
        return String.join(" and ", parts);
    }

    private static String range(CountRange range) {
        return range.isExact() ? number(range.least()) : number(range.least()) + " to " + number(range.most());
    }

    private static String bytes(CountRange range) {
        return range.isExact() ? Bytes.exact(range.least()) : range(range) + " B";
    }

    private String runs() {
        List<Long> observed = judgement.observed();
        String shown = observed.stream().limit(MOST_RUNS).map(Bytes::rounded).collect(Collectors.joining(", "));
        return observed.size() > MOST_RUNS ? shown + ", ... in " + observed.size() + " runs" : shown;
    }

    static String number(long value) {
        return value == AllocationLimit.NONE ? "any" : String.format(Locale.ROOT, "%,d", value);
    }

    private static String capitalized(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
