package io.heapspec.rates;

import io.heapspec.rates.Body.Kind;
import io.heapspec.result.Reason;
import io.heapspec.result.Verdict;
import java.util.Locale;

/**
 * How one trial ended. Passed between the JVMs as a line of text, so that the one that judges keeps nothing of it.
 *
 * @param way how it was run
 * @param rare whether it was judged with the sensitivity of a rare leak
 * @param inside for a leak, whether it is as frequent as the sensitivity asks for
 * @param millis time that judging took
 * @param evidence what was repeated, and what was found
 */
record Judged(
        Way way, String trial, Kind kind, boolean rare, boolean inside, Reason reason, double millis, String evidence) {

    private static final String SEPARATOR = "\t";

    /** The way a body is run and judged. */
    enum Way {
        PROTOCOL,
        JUNIT
    }

    static Judged of(Way way, Trial trial, Reason reason, double millis, String evidence) {
        return new Judged(
                way,
                trial.toString(),
                trial.body().kind(),
                trial.everyNthRun() > 1,
                trial.isInsideSensitivity(),
                reason,
                millis,
                evidence);
    }

    static Judged parse(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        return new Judged(
                Way.valueOf(fields[0]),
                fields[1],
                Kind.valueOf(fields[2]),
                Boolean.parseBoolean(fields[3]),
                Boolean.parseBoolean(fields[4]),
                Reason.valueOf(fields[5]),
                Double.parseDouble(fields[6]),
                fields[7]);
    }

    String line() {
        return String.join(
                SEPARATOR,
                way.name(),
                trial,
                kind.name(),
                String.valueOf(rare),
                String.valueOf(inside),
                reason.name(),
                String.format(Locale.ROOT, "%.1f", millis),
                evidence.replaceAll("\\s+", " "));
    }

    boolean isClean() {
        return kind == Kind.CLEAN;
    }

    boolean isLeaking() {
        return kind == Kind.LEAKING;
    }

    boolean isFalselyAccused() {
        return isClean() && reason.verdict() == Verdict.FAILED;
    }

    boolean isMissed() {
        return isLeaking() && reason.verdict() == Verdict.PASSED;
    }

    boolean isInconclusive() {
        return reason.verdict() == Verdict.INCONCLUSIVE;
    }

    boolean isWrong() {
        return isFalselyAccused() || (isMissed() && inside);
    }
}
