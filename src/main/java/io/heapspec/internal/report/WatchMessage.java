package io.heapspec.internal.report;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.advice.Advice;
import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.RetainedObject;
import io.heapspec.result.Verdict;
import io.heapspec.result.WatchJudgement;
import java.util.List;
import java.util.Locale;

/** The text of objects that were expected to be collected and are not, or of which that could not be told. */
public final class WatchMessage implements FailureText {

    private static final int MOST = 3;

    private final String promise;
    private final String testClass;
    private final WatchJudgement judgement;

    /**
     * @param promise who promised it, such as {@code LeakWatcher: CartTest.checkout()}
     * @param testClass name of the test class; empty if it is not known
     */
    public WatchMessage(String promise, String testClass, WatchJudgement judgement) {
        this.promise = promise;
        this.testClass = testClass;
        this.judgement = judgement;
    }

    @Override
    public String headline() {
        if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            return promise + " could not be judged: " + judgement.detail() + ".";
        } else if (judgement.verdict() == Verdict.PASSED) {
            return promise + ": " + judgement.detail() + ".";
        }
        List<RetainedObject> retained = judgement.retained();
        RetainedObject first = retained.get(0);
        int more = retained.size() - 1;
        String others = more == 0 ? "" : String.format(Locale.ROOT, " and %,d other%s", more, more == 1 ? "" : "s");
        return promise + ": " + ClassNames.simple(first.className()) + others + (more == 0 ? " is" : " are")
                + " retained, though " + first.why() + ". Confirmed: " + judgement.detail() + ".";
    }

    @Override
    public String text() {
        if (judgement.verdict() != Verdict.FAILED) {
            return headline() + "\n" + Advice.inconclusive(judgement.reason());
        }
        StringBuilder text = new StringBuilder(headline());
        List<RetainedObject> retained = judgement.retained();
        for (int i = 0; i < Math.min(MOST, retained.size()); i++) {
            // The first line says why of the first.
            text.append('\n').append(entry(retained.get(i), i > 0));
        }
        if (retained.size() > MOST) {
            text.append(String.format(Locale.ROOT, "%n... and %,d more.", retained.size() - MOST));
        }
        return text.toString().replace("\r\n", "\n");
    }

    private String entry(RetainedObject object, boolean withReason) {
        GcRootPath chain = object.chain();
        String reason = withReason ? "  though " + object.why() + ":\n" : "";
        if (chain == null) {
            return reason + "  " + object.className();
        }
        String leaf = object.className() + ", retains " + Bytes.exact(object.retainedBytes()) + " in "
                + LeakMessage.counted((double) object.retainedObjects(), "object");
        return reason
                + ChainText.lines(chain, leaf, "").stream()
                        .map(line -> "  " + line)
                        .collect(joining("\n"))
                + "\n" + Advice.onRetained(chain, testClass);
    }

    @Override
    public String expected() {
        return "retained\n" + lines(false);
    }

    @Override
    public String actual() {
        return "retained\n" + lines(true);
    }

    private String lines(boolean found) {
        return judgement.retained().stream()
                .map(each -> {
                    GcRootPath chain = each.chain();
                    String holder = chain == null ? "something" : chain.root().text();
                    return each.className() + (found ? " by " + holder : " by nothing");
                })
                .distinct()
                .collect(joining("\n"));
    }
}
