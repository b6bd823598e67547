package io.heapspec.internal.report;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.advice.Advice;
import io.heapspec.internal.util.ClassNames;
import io.heapspec.result.ClassLoaderJudgement;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Verdict;
import java.util.Locale;

/** The text of a broken or undecided {@code @NoClassLoaderLeak}: promise, what became of the class loader, what holds it, what to do. */
public final class LoaderMessage implements FailureText {

    private final TestName test;
    private final ClassLoaderJudgement judgement;

    public LoaderMessage(TestName test, ClassLoaderJudgement judgement) {
        this.test = test;
        this.judgement = judgement;
    }

    @Override
    public String headline() {
        String name = "@NoClassLoaderLeak: " + test.shortName();
        String end = ": " + judgement.detail() + ".";
        if (judgement.verdict() == Verdict.INCONCLUSIVE) {
            return name + " could not be judged" + end;
        }
        return name
                + switch (judgement.reason()) {
                    case NOT_CURED -> " keeps its class loader in spite of " + cure() + end;
                    case NOTHING_TO_CURE -> " lets its class loader go without " + cure() + ", too" + end;
                    case LOADER_NO_LONGER_KEPT -> " no longer keeps its class loader" + end;
                    default -> " keeps its class loader" + end;
                };
    }

    @Override
    public String text() {
        GcRootPath chain = judgement.chain();
        String middle = chain == null
                ? ""
                : ChainText.lines(chain, "the class loader of the test, with " + classes(), "").stream()
                        .map(line -> "  " + line + "\n")
                        .collect(joining());
        return headline() + "\n" + middle + advice();
    }

    @Override
    public String expected() {
        return "class loader of " + test.shortName() + "\n" + (isToBeKept() ? "kept" : "collected");
    }

    @Override
    public String actual() {
        GcRootPath chain = judgement.chain();
        return "class loader of " + test.shortName() + "\n"
                + (chain == null ? "collected" : "kept by " + chain.root().text());
    }

    private boolean isToBeKept() {
        return switch (judgement.reason()) {
            case NOTHING_TO_CURE, LOADER_NO_LONGER_KEPT -> true;
            default -> false;
        };
    }

    private String advice() {
        GcRootPath chain = judgement.chain();
        return switch (judgement.reason()) {
            case NOTHING_TO_CURE ->
                "The test has to do what leaks: without that, nothing is said of the cure. Where it leaks no longer, remove cure = "
                        + cure() + ".class.";
            case LOADER_NO_LONGER_KEPT -> "Remove expectLeak: from then on, the test guards against the leak.";
            case NO_CONFIRMED_COLLECTION, NO_DUMP -> Advice.inconclusive(judgement.reason());
            default -> chain == null ? Advice.undecided() : Advice.onLoader(chain);
        };
    }

    private String cure() {
        return ClassNames.simple(judgement.cure());
    }

    private String classes() {
        int count = judgement.classes();
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "class" : "classes");
    }
}
