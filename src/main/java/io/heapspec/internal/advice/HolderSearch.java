package io.heapspec.internal.advice;

import io.heapspec.internal.advice.Holder.Framework;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakKind;
import io.heapspec.result.RootKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out whose a leak is. The owner of an accumulation point is the last class before it that is not the JDK's: the one whose field leads to
 * the list that grows. Where the JDK alone holds it, as a thread does its thread locals, it is the first such class behind it.
 */
final class HolderSearch {

    private final KnownSites frameworks;
    private final Scene scene;

    HolderSearch(KnownSites frameworks, Scene scene) {
        this.frameworks = frameworks;
        this.scene = scene;
    }

    Holder of(Leak leak, Trail trail, Optional<KnownSite> site) {
        Holder holder = ownerAbove(trail, site)
                .or(() -> withKind(site))
                .or(() -> ownerBelow(leak, trail, site))
                .orElseGet(Holder.Code::new);
        return holder instanceof Holder.Code && isOfDebugger(leak.chain().root().kind())
                ? new Holder.Debugger()
                : holder;
    }

    private Optional<Holder> ownerAbove(Trail trail, Optional<KnownSite> site) {
        for (int i = trail.accumulation(); i >= 0; i--) {
            Step step = trail.steps().get(i);
            Optional<KnownSite> framework = frameworks.at(step);
            if (framework.isPresent()) {
                return Optional.of(kept(trail, i, framework.get()).orElseGet(() -> framework(framework.get(), site)));
            } else if (step.isOfApplication()) {
                return Optional.of(ownerOf(step, i == 0));
            }
        }
        return Optional.empty();
    }

    private Holder ownerOf(Step step, boolean isRoot) {
        boolean own = scene.testClasses().contains(step.type()) && !step.field().isEmpty();
        if (!own) {
            return new Holder.Code();
        }
        return step.isThreadLocal() ? new Holder.TestThreadLocal(step) : new Holder.TestField(step, isRoot);
    }

    /** Threads of a framework that never end are no buffer of it. */
    private Optional<Holder> ownerBelow(Leak leak, Trail trail, Optional<KnownSite> site) {
        List<Step> below =
                trail.steps().subList(trail.accumulation() + 1, trail.steps().size());
        if (leak.kind() == LeakKind.THREADS) {
            return Optional.empty();
        }
        for (Step step : below) {
            Optional<KnownSite> framework = frameworks.at(step);
            if (framework.isPresent()) {
                return Optional.of(framework(framework.get(), site));
            } else if (step.isOfApplication()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Holder> withKind(Optional<KnownSite> site) {
        return site.filter(each -> each.kind() != null).map(each -> framework(each, site));
    }

    /** What is known of a place says more than what is known of its framework. */
    private static Holder framework(KnownSite framework, Optional<KnownSite> site) {
        FrameworkKind kind = Objects.requireNonNull(framework.kind());
        return new Framework(kind, site.filter(each -> each.kind() == kind).orElse(framework));
    }

    private static Optional<Holder> kept(Trail trail, int keeper, KnownSite framework) {
        if (framework.kind() != FrameworkKind.TEST_FRAMEWORK) {
            return Optional.empty();
        }
        return trail.steps().subList(keeper, trail.steps().size()).stream()
                .map(Step::type)
                .filter(HolderSearch::isException)
                .findFirst()
                .map(type -> new Holder.KeptException(type, framework.id()));
    }

    /** A chain has names only, so this goes by what exceptions are called. */
    private static boolean isException(String type) {
        return type.endsWith("Exception")
                || type.endsWith("Error")
                || type.endsWith("Throwable")
                || type.endsWith("Failure");
    }

    private boolean isOfDebugger(RootKind root) {
        return scene.debugged() && (root == RootKind.JAVA_FRAME || root == RootKind.JNI_GLOBAL);
    }
}
