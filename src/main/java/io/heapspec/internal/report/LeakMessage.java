package io.heapspec.internal.report;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.advice.Advice;
import io.heapspec.internal.advice.Diagnoses;
import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.Finding;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.LeakedThread;
import io.heapspec.result.Reason;
import io.heapspec.result.SuppressedLeak;
import io.heapspec.result.UnclosedResource;
import io.heapspec.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a broken or undecided {@code @NoLeak}: promise, what happened, where, what to do. It stands alone, since build tools print
 * only the message; {@link #expected()} and {@link #actual()} are for the comparison window of an IDE.
 */
public final class LeakMessage implements FailureText {

    private static final int MOST_LEAKS = 3;
    private static final String MARK = "   <-- piles up here: ";

    private final TestName test;
    private final LeakJudgement judgement;
    private final Diagnoses diagnoses;

    public LeakMessage(TestName test, LeakJudgement judgement, Diagnoses diagnoses) {
        this.test = test;
        this.judgement = judgement;
        this.diagnoses = diagnoses;
    }

    @Override
    public String headline() {
        String name = "@NoLeak: " + test.shortName();
        if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            return name + " could not be judged: " + judgement.detail() + ".";
        }
        if (judgement.reason() == Reason.LEAK_GONE) {
            return "@ExpectLeak: " + test.shortName() + ": " + judgement.detail() + ".";
        } else if (judgement.verdict() == Verdict.PASSED) {
            return name + " passes: " + judgement.detail() + ". " + suppressed();
        }
        if (judgement.leaks().isEmpty()) {
            List<UnclosedResource> open = judgement.unclosed();
            return name + " leaves " + UnclosedText.what(open.get(0)) + others(open.size() - 1)
                    + " open with every run. Confirmed: " + judgement.detail() + ".";
        }
        Leak first = judgement.leaks().get(0);
        return name + " leaks " + what(first) + others(judgement.leaks().size() - 1) + " with every run. Confirmed: "
                + judgement.detail() + ".";
    }

    private static String others(int more) {
        return more == 0 ? "" : " and " + more + (more == 1 ? " other thing" : " other things");
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(headline());
        if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            return text.append('\n')
                    .append(Advice.inconclusive(judgement.reason()))
                    .toString();
        }
        if (judgement.reason() == Reason.LEAK_GONE) {
            return text.append("\nIf it is fixed, remove @ExpectLeak, or put @NoLeak in its place.")
                    .toString();
        }
        List<Leak> leaks = judgement.leaks();
        for (Leak leak : leaks.subList(0, Math.min(MOST_LEAKS, leaks.size()))) {
            text.append('\n')
                    .append(entry(leak))
                    .append('\n')
                    .append(diagnoses.of(leak).advice())
                    .append(lastLines(leak));
        }
        if (leaks.size() > MOST_LEAKS) {
            text.append("\n... and ").append(leaks.size() - MOST_LEAKS).append(" more in the results file.");
        }
        judgement.unclosed().stream().limit(MOST_LEAKS).forEach(open -> {
            text.append('\n').append(indented(UnclosedText.lines(open)));
            text.append('\n').append(UnclosedText.advice(open)).append(lastLines(open));
        });
        WitnessText.lines(judgement.reconciliation())
                .forEach(line -> text.append('\n').append(line));
        if (!judgement.suppressed().isEmpty()) {
            text.append("\nLeft out, besides: ").append(suppressed());
        }
        return text.toString();
    }

    private String lastLines(Finding found) {
        String severity = found.severity().name().toLowerCase(Locale.ROOT);
        return "\nSeverity: " + severity + ".\nKnown for now? Line for heapspec/known-leaks.txt: " + found.fingerprint()
                + " " + test.inBaseline();
    }

    /** Names at most three of what was found and does not count. */
    private String suppressed() {
        List<SuppressedLeak> all = judgement.suppressed();
        String more = all.size() > MOST_LEAKS ? ", and " + (all.size() - MOST_LEAKS) + " more" : "";
        return all.stream().limit(MOST_LEAKS).map(LeakMessage::suppressed).collect(joining("; ")) + more + ".";
    }

    private static String suppressed(SuppressedLeak each) {
        String fate = each.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Finding found = each.found();
        String name = found.leakedClass().isEmpty() ? found.place() : ClassNames.simple(found.leakedClass());
        return name + " (" + found.fingerprint() + ") is " + fate + ": " + each.by();
    }

    @Override
    public String expected() {
        return table(false);
    }

    @Override
    public String actual() {
        return table(true);
    }

    private static String entry(Leak leak) {
        String leaf = leak.chain().leakedClass();
        if (leak.retainedObjects() > 0) {
            leaf += ", retains " + Bytes.exact(leak.retainedBytes()) + " in "
                    + counted((double) leak.retainedObjects(), "object");
        }
        List<String> lines = new ArrayList<>(ChainText.lines(leak.chain(), leaf, MARK + rate(leak)));
        lines.addAll(OriginText.lines("made", leak.origins()));
        LeakedThread thread = leak.thread();
        if (thread != null) {
            lines.add("thread " + ThreadText.lineOfAny(thread));
            ThreadText.frames(thread).forEach(frame -> lines.add("    at " + frame));
        }
        return indented(lines);
    }

    private static String indented(List<String> lines) {
        return lines.stream().map(line -> "  " + line).collect(joining("\n"));
    }

    private static String rate(Leak leak) {
        if (leak.objectsPerRun() == 0) {
            return "+" + Bytes.rounded(Math.round(leak.bytesPerRun())) + " per run";
        }
        String unit = leak.referencesOnly() ? " reference" : " object";
        String plural = leak.objectsPerRun() == 1 ? "" : "s";
        return "+" + number(leak.objectsPerRun()) + unit + plural + " per run";
    }

    private static String what(Leak leak) {
        String name = ClassNames.simple(leak.chain().leakedClass());
        if (leak.objectsPerRun() == 0) {
            return Bytes.rounded(Math.round(leak.bytesPerRun())) + " into one " + name
                    + " that becomes longer and longer";
        }
        return leak.referencesOnly()
                ? number(leak.objectsPerRun()) + " more reference" + (leak.objectsPerRun() == 1 ? "" : "s") + " to one "
                        + name
                : number(leak.objectsPerRun()) + " " + name + " (" + Bytes.rounded(Math.round(leak.bytesPerRun()))
                        + ")";
    }

    private String table(boolean found) {
        StringBuilder text = new StringBuilder("growth per run of ").append(test.shortName());
        text.append(String.format(Locale.ROOT, "%n%12s  %15s  %s", "objects", "bytes", "class, held by"));
        for (Leak leak : judgement.leaks()) {
            String objects = found ? number(leak.objectsPerRun()) : "0";
            String bytes = found ? String.format(Locale.ROOT, "%,d", Math.round(leak.bytesPerRun())) : "0";
            text.append(String.format(Locale.ROOT, "%n%12s  %15s  ", objects, bytes));
            text.append(leak.chain().leakedClass())
                    .append(", ")
                    .append(leak.chain().root().text());
        }
        for (UnclosedResource open : judgement.unclosed()) {
            text.append(String.format(Locale.ROOT, "%n%12s  %15s  ", found ? number(open.perRun()) : "0", ""));
            text.append(open.className().isEmpty() ? "file descriptor" : open.className())
                    .append(", left open");
        }
        return text.toString().replace("\r\n", "\n");
    }

    static String counted(double count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
