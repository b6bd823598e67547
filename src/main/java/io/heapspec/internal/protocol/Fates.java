package io.heapspec.internal.protocol;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.retention.AllowedRetention;
import io.heapspec.internal.retention.FoundLeak;
import io.heapspec.internal.suppression.AllowRule;
import io.heapspec.internal.suppression.KnownLeaksFile;
import io.heapspec.result.Fate;
import io.heapspec.result.Finding;
import io.heapspec.result.Leak;
import io.heapspec.result.Reason;
import io.heapspec.result.Severity;
import io.heapspec.result.SuppressedLeak;
import io.heapspec.result.UnclosedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of what was found: it counts, or something speaks for it.
 *
 * @param <T> what was found
 */
record Fates<T>(List<T> counting, List<SuppressedLeak> suppressed) {

    static Fates<FoundLeak> of(List<FoundLeak> found, LeakPlan plan) {
        return sorted(found, leak -> suppression(leak, plan));
    }

    /** The same of what is left open. */
    static Fates<UnclosedResource> ofUnclosed(List<UnclosedResource> found, LeakPlan plan) {
        AllowedRetention allowed = plan.retention();
        return sorted(found, each -> suppression(each, allowed.covering(each), plan));
    }

    private static <T> Fates<T> sorted(List<T> found, Function<T, Optional<SuppressedLeak>> suppression) {
        List<T> counting = new ArrayList<>();
        List<SuppressedLeak> suppressed = new ArrayList<>();
        for (T each : found) {
            suppression.apply(each).ifPresentOrElse(suppressed::add, () -> counting.add(each));
        }
        return new Fates<>(List.copyOf(counting), List.copyOf(suppressed));
    }

    /** Returns the verdict's reason where nothing counts: what is expected, else what is known, else what is allowed. */
    static Reason reason(List<SuppressedLeak> suppressed) {
        if (has(suppressed, Fate.EXPECTED)) {
            return Reason.EXPECTED_LEAK;
        }
        return has(suppressed, Fate.KNOWN) ? Reason.KNOWN_LEAK : Reason.ALLOWED;
    }

    private static boolean has(List<SuppressedLeak> suppressed, Fate fate) {
        return suppressed.stream().anyMatch(each -> each.fate() == fate);
    }

    /** What no promise is about comes first: the annotation's own limits are narrower than what the suite allows or knows. */
    private static Optional<SuppressedLeak> suppression(FoundLeak found, LeakPlan plan) {
        Leak leak = found.leak();
        boolean allowed = !found.allowedBy().isEmpty();
        if (plan.watch().contains(leak.kind())
                && !allowed
                && plan.toleratedBytes() > 0
                && leak.bytesPerRun() <= plan.toleratedBytes()) {
            return Optional.of(new SuppressedLeak(leak, Fate.TOLERATED, "@NoLeak(tolerance)"));
        }
        return suppression(leak, found.allowedBy(), plan);
    }

    private static Optional<SuppressedLeak> suppression(Finding found, List<String> allowedBy, LeakPlan plan) {
        if (!plan.watch().contains(found.kind())) {
            return Optional.of(new SuppressedLeak(found, Fate.NOT_WATCHED, "@NoLeak(watch)"));
        } else if (!allowedBy.isEmpty()) {
            return Optional.of(new SuppressedLeak(found, Fate.ALLOWED, texts(allowedBy, plan)));
        } else if (plan.expected() != null && plan.expected().is(found.fingerprint())) {
            return Optional.of(
                    new SuppressedLeak(found, Fate.EXPECTED, plan.expected().reason()));
        } else if (plan.known().test(found)) {
            return Optional.of(new SuppressedLeak(found, Fate.KNOWN, KnownLeaksFile.RESOURCE));
        } else if (!found.severity().isAtLeast(plan.failOn())) {
            String gate = lower(found.severity()) + " severity, below heapspec.fail-on = " + lower(plan.failOn());
            return Optional.of(new SuppressedLeak(found, Fate.TOLERATED, gate));
        }
        return Optional.empty();
    }

    private static String lower(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String texts(List<String> patterns, LeakPlan plan) {
        return plan.allowed().stream()
                .filter(rule -> patterns.contains(rule.pattern()))
                .map(AllowRule::text)
                .collect(joining(", "));
    }
}
