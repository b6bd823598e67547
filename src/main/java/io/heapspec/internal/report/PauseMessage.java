package io.heapspec.internal.report;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.internal.util.Durations;
import io.heapspec.result.GcPause;
import io.heapspec.result.PauseJudgement;
import io.heapspec.result.PauseLimit;
import io.heapspec.result.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a broken or undecided {@code @MaxGcPauses}: promise, what there was, each pause with its cause, what to do.
 *
 * @param test the test
 * @param judgement what was found
 */
public record PauseMessage(TestName test, PauseJudgement judgement) implements FailureText {

    private static final int MOST = 10;

    @Override
    public String headline() {
        String name = promise() + ": " + test.shortName();
        return judgement.verdict() == Verdict.INCONCLUSIVE
                ? name + " could not be judged: " + judgement.detail() + "; allowed: " + allowed() + "."
                : name + " was paused by the garbage collector: " + judgement.detail() + "; allowed: " + allowed()
                        + ".";
    }

    @Override
    public String text() {
        return headline() + "\n" + table() + advice();
    }

    @Override
    public String expected() {
        return "pauses of " + test.shortName() + "\n" + allowed().replace(", ", "\n");
    }

    @Override
    public String actual() {
        PauseLimit limit = judgement.limit();
        List<String> rows = new ArrayList<>();
        if (limit.count() != PauseLimit.NONE) {
            rows.add(count(Math.max(judgement.counted(), judgement.pauses().size())));
        }
        if (limit.longest() != null) {
            rows.add(longest(judgement.longest()));
        }
        if (limit.total() != null) {
            rows.add(total(judgement.total()));
        }
        return "pauses of " + test.shortName() + "\n" + String.join("\n", rows) + "\n" + table().stripTrailing();
    }

    private String promise() {
        return judgement.limit().count() == 0 ? "@NoGc" : "@MaxGcPauses";
    }

    private String allowed() {
        PauseLimit limit = judgement.limit();
        List<String> parts = new ArrayList<>();
        if (limit.count() != PauseLimit.NONE) {
            parts.add(limit.count() == 0 ? "none" : count(limit.count()));
        }
        Duration longest = limit.longest();
        if (longest != null) {
            parts.add(longest(longest));
        }
        Duration total = limit.total();
        if (total != null) {
            parts.add(total(total));
        }
        return String.join(", ", parts);
    }

    private static String count(long pauses) {
        return String.format(Locale.ROOT, "%,d %s", pauses, pauses == 1 ? "pause" : "pauses");
    }

    private static String longest(Duration time) {
        return "the longest " + Durations.millis(time);
    }

    private static String total(Duration time) {
        return Durations.millis(time) + " in all";
    }

    /** The pauses as rows: those that take longest first. */
    private String table() {
        List<GcPause> pauses = judgement.pauses().stream()
                .sorted((a, b) -> b.duration().compareTo(a.duration()))
                .toList();
        String rows = pauses.stream().limit(MOST).map(PauseMessage::row).collect(joining());
        int left = pauses.size() - MOST;
        return left > 0 ? rows + "  ... and " + left + " more\n" : rows;
    }

    private static String row(GcPause pause) {
        String cause = pause.collection().isEmpty() ? "" : ": " + pause.collection() + ", " + pause.cause();
        String heap = pause.heapBefore() == 0
                ? ""
                : ", " + Bytes.rounded(pause.heapBefore()) + " -> " + Bytes.rounded(pause.heapAfter());
        return String.format(
                        Locale.ROOT, "  %12s  %s%s%s%n", Durations.millis(pause.duration()), pause.name(), cause, heap)
                .replace("\r\n", "\n");
    }

    private String advice() {
        return switch (judgement.reason()) {
            case NO_TRACE ->
                "The counters tell only whether there was a pause: of the limits, they can judge count = 0.";
            case NOT_CERTIFIED ->
                "The trace lacks pauses that the JVM has counted, so how many there were, and how long, is not known.";
            default -> asked() + allocated();
        };
    }

    private String asked() {
        List<StackTraceElement> stack = judgement.askedBy();
        for (int i = 0; i < stack.size(); i++) {
            StackTraceElement frame = stack.get(i);
            if (!ClassNames.isOfJdk(frame.getClassName())) {
                String through = i > 0 && !isGc(stack.get(i - 1)) ? " through " + name(stack.get(i - 1)) : "";
                return "System.gc() was called by " + name(frame) + ", line " + frame.getLineNumber() + through + ".\n";
            }
        }
        return "";
    }

    private static boolean isGc(StackTraceElement frame) {
        return frame.getMethodName().equals("gc");
    }

    private static String name(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    private String allocated() {
        return "The test's thread allocated " + Bytes.rounded(judgement.allocatedBytes())
                + " meanwhile; @MaxAllocations shows on which lines.";
    }
}
