package io.heapspec.internal.protocol;

import static java.util.stream.Collectors.joining;

import io.heapspec.internal.retention.FoundLeak;
import io.heapspec.internal.suppression.AllowRule;
import io.heapspec.internal.suppression.KnownLeaksFile;
import io.heapspec.result.Fate;
import io.heapspec.result.Leak;
import io.heapspec.result.Reason;
import io.heapspec.result.SuppressedLeak;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of each leak that was found: it counts, or something speaks for it. */
record Fates(List<FoundLeak> counting, List<SuppressedLeak> suppressed) {

    static Fates of(List<FoundLeak> found, LeakPlan plan) {
        List<FoundLeak> counting = new ArrayList<>();
        List<SuppressedLeak> suppressed = new ArrayList<>();
        for (FoundLeak leak : found) {
            suppression(leak, plan).ifPresentOrElse(suppressed::add, () -> counting.add(leak));
        }
        return new Fates(List.copyOf(counting), List.copyOf(suppressed));
    }

    /** Returns the verdict's reason: what counts, else what is expected, else what is known, else what is allowed. */
    Reason reason() {
        if (!counting.isEmpty()) {
            return Reason.LEAK;
        } else if (has(Fate.EXPECTED)) {
            return Reason.EXPECTED_LEAK;
        }
        return has(Fate.KNOWN) ? Reason.KNOWN_LEAK : Reason.ALLOWED;
    }

    private boolean has(Fate fate) {
        return suppressed.stream().anyMatch(each -> each.fate() == fate);
    }

    /** What no promise is about comes first: the annotation's own limits are narrower than what the suite allows or knows. */
    private static Optional<SuppressedLeak> suppression(FoundLeak found, LeakPlan plan) {
        Leak leak = found.leak();
        if (!plan.watch().contains(leak.kind())) {
            return Optional.of(new SuppressedLeak(leak, Fate.NOT_WATCHED, "@NoLeak(watch)"));
        } else if (!found.allowedBy().isEmpty()) {
            return Optional.of(new SuppressedLeak(leak, Fate.ALLOWED, texts(found.allowedBy(), plan)));
        } else if (plan.toleratedBytes() > 0 && leak.bytesPerRun() <= plan.toleratedBytes()) {
            return Optional.of(new SuppressedLeak(leak, Fate.TOLERATED, "@NoLeak(tolerance)"));
        } else if (plan.expected() != null && plan.expected().is(leak.fingerprint())) {
            return Optional.of(
                    new SuppressedLeak(leak, Fate.EXPECTED, plan.expected().reason()));
        } else if (plan.known().test(leak.fingerprint())) {
            return Optional.of(new SuppressedLeak(leak, Fate.KNOWN, KnownLeaksFile.RESOURCE));
        }
        return Optional.empty();
    }

    private static String texts(List<String> patterns, LeakPlan plan) {
        return plan.allowed().stream()
                .filter(rule -> patterns.contains(rule.pattern()))
                .map(AllowRule::text)
                .collect(joining(", "));
    }
}
