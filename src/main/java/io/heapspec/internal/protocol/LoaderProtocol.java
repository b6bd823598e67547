package io.heapspec.internal.protocol;

import io.heapspec.internal.disposable.DisposedLoader;
import io.heapspec.internal.util.VmFlags;
import io.heapspec.result.ClassLoaderJudgement;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the class loader that a test ran in can be collected, and whether a cure lets it go.
 *
 * <p>Stateless, but forces collections and dumps the heap: one test at a time.
 */
public final class LoaderProtocol {

    private final LoaderFates fates = new LoaderFates();

    /**
     * Judges a loader.
     *
     * @param first the loader that the test ran in
     * @param cured how to run the test with the cure, if there is one
     */
    public ClassLoaderJudgement judge(LoaderPlan plan, DisposedLoader first, CuredRun cured) {
        long start = System.nanoTime();
        Finding finding = find(plan, first, cured);
        return new ClassLoaderJudgement(
                finding.reason(),
                finding.detail(),
                plan.cure(),
                finding.classes(),
                finding.chain(),
                (System.nanoTime() - start) / 1e6);
    }

    /** Returns the judgement on a test that is not judged. */
    public static ClassLoaderJudgement unjudged(LoaderPlan plan, Reason reason, String detail) {
        return new ClassLoaderJudgement(reason, detail, plan.cure(), 0, null, 0);
    }

    private Finding find(LoaderPlan plan, DisposedLoader first, CuredRun cured) {
        try {
            if (VmFlags.isCleared("ClassUnloading")) {
                throw new NotMeasurableException(
                        Reason.UNSUPPORTED_JVM, "this JVM never unloads a class (-XX:-ClassUnloading)", null);
            }
            LoaderFate fate = fates.of(first, plan);
            if (plan.isOfCure()) {
                return fate.isHeld() ? withCure(plan, cured) : finding(Reason.NOTHING_TO_CURE, first, fate);
            }
            return finding(plan.expectsLeak() ? expected(fate) : promised(fate), first, fate);
        } catch (NotMeasurableException e) {
            return new Finding(e.reason(), String.valueOf(e.getMessage()), first.classes(), null);
        }
    }

    private Finding withCure(LoaderPlan plan, CuredRun cured) throws NotMeasurableException {
        DisposedLoader second;
        try {
            second = cured.run();
        } catch (RepetitionFailedException e) {
            throw new NotMeasurableException(
                    Reason.COULD_NOT_REPEAT, "it could not be run again with the cure: " + e.getMessage(), e);
        }
        LoaderFate fate = fates.of(second, plan);
        return finding(fate.isHeld() ? Reason.NOT_CURED : Reason.CURED, second, fate);
    }

    private static Reason promised(LoaderFate fate) {
        return switch (fate.kind()) {
            case COLLECTED -> Reason.LOADER_COLLECTED;
            case SOFTLY_HELD -> Reason.SOFT_HELD;
            case HELD -> Reason.LOADER_KEPT;
        };
    }

    private static Reason expected(LoaderFate fate) {
        return fate.isHeld() ? Reason.LOADER_KEPT_AS_EXPECTED : Reason.LOADER_NO_LONGER_KEPT;
    }

    private static Finding finding(Reason reason, DisposedLoader loader, LoaderFate fate) {
        return new Finding(reason, fate.evidence(), loader.classes(), fate.chain());
    }

    /**
     * What was found out.
     *
     * @param reason the verdict's reason
     * @param detail what it rests on
     * @param classes how many classes were in the loader
     * @param chain what holds it
     */
    private record Finding(
            Reason reason,
            String detail,
            int classes,
            @Nullable GcRootPath chain) {}
}
