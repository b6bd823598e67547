package io.heapspec;

import io.heapspec.internal.protocol.LeakPlan;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.suppression.AllowRule;
import io.heapspec.internal.suppression.ExpectedLeak;
import io.heapspec.internal.util.Bytes;
import io.heapspec.internal.util.Durations;
import io.heapspec.result.LeakKind;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Turns an annotation and the configuration into a plan. Misuse names the element, the attribute, the value, and what is allowed. */
final class LeakPlans {

    private static final int RAREST = 100;
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{16})?");

    private final Configuration configuration;

    LeakPlans(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Returns the plan for a test that has no annotation: every default. */
    LeakPlan byDefault() {
        return new LeakPlan(
                        watched(EnumSet.allOf(LeakKind.class)),
                        List.of(),
                        0,
                        1,
                        configuration.budget(),
                        configuration.deadline(),
                        configuration.output())
                .failingOn(configuration.failOn())
                .screened(configuration.screen());
    }

    /**
     * Returns the plan that an annotation makes.
     *
     * @param element what carries the annotation, for the message
     */
    LeakPlan of(NoLeak promise, AnnotatedElement element) {
        return new LeakPlan(
                        watch(promise, element),
                        parsed(element, "allow", () -> LeakPlan.checked(List.of(promise.allow()))).stream()
                                .map(pattern -> new AllowRule(pattern, "*", "@NoLeak(allow)", ""))
                                .toList(),
                        parsed(element, "tolerance", () -> Bytes.parse(promise.tolerance())),
                        everyNthRun(promise, element),
                        budget(promise, element),
                        configuration.deadline(),
                        configuration.output())
                .failingOn(configuration.failOn())
                .screened(screen(promise, element));
    }

    /** Returns what the annotations promise, and the run suppresses. */
    LeakPromise of(DeclaredPromise declared, RunSuppressions suppressions, TestName test) {
        NoLeak noLeak = declared.noLeak();
        AnnotatedElement on = declared.noLeakOn();
        LeakPlan plan = noLeak == null || on == null ? byDefault() : of(noLeak, on);
        Repeat repeat = noLeak == null ? Repeat.WHOLE_LIFE_CYCLE : noLeak.repeat();
        ExpectLeak expectLeak = declared.expectLeak();
        AnnotatedElement expectedOn = declared.expectLeakOn();
        ExpectedLeak expected =
                expectLeak == null || expectedOn == null ? null : expected(expectLeak, expectedOn, repeat);
        return new LeakPromise(suppressions.applyTo(plan, test, expected), repeat, true);
    }

    /** Returns the leak that a test documents. */
    static ExpectedLeak expected(ExpectLeak promise, AnnotatedElement element, Repeat repeat) {
        String problem = null;
        if (promise.reason().isBlank()) {
            problem = "reason = \"" + promise.reason() + "\" is blank; say why the leak is still there";
        } else if (!FINGERPRINT.matcher(promise.fingerprint()).matches()) {
            problem = "fingerprint = \"" + promise.fingerprint()
                    + "\" is none; allowed are 16 digits from 0 to f, as the failure of @NoLeak shows them";
        } else if (repeat == Repeat.NEVER) {
            problem = "it needs repetitions, but repeat of @NoLeak is NEVER";
        }
        if (problem != null) {
            throw new ExtensionConfigurationException("@ExpectLeak on " + element + ": " + problem);
        }
        return new ExpectedLeak(promise.reason().strip(), promise.fingerprint());
    }

    private Set<LeakKind> watch(NoLeak promise, AnnotatedElement element) {
        if (promise.watch().length == 0) {
            throw misuse(
                    element,
                    "watch",
                    "{} watches nothing; name at least one of " + EnumSet.allOf(LeakKind.class),
                    null);
        }
        Set<LeakKind> watched = EnumSet.copyOf(List.of(promise.watch()));
        List.of(promise.ignore()).forEach(watched::remove);
        if (watched.isEmpty()) {
            throw misuse(element, "ignore", "leaves nothing to watch of " + List.of(promise.watch()), null);
        }
        return watched(watched);
    }

    /** Nothing may be left: a suite can switch off the only kind that a test watches. */
    private Set<LeakKind> watched(Set<LeakKind> kinds) {
        kinds.removeAll(configuration.ignoredKinds());
        return kinds;
    }

    private static int everyNthRun(NoLeak promise, AnnotatedElement element) {
        int given = promise.everyNthRun();
        if (given < 1 || given > RAREST) {
            throw misuse(element, "everyNthRun", given + " is out of range; allowed are 1 to " + RAREST, null);
        }
        if (given > 1 && promise.repeat() == Repeat.NEVER) {
            throw misuse(element, "everyNthRun", given + " needs repetitions, but repeat is NEVER; allowed is 1", null);
        }
        return given;
    }

    private boolean screen(NoLeak promise, AnnotatedElement element) {
        if (!promise.screen() && promise.repeat() == Repeat.NEVER) {
            throw misuse(element, "screen", "false needs repetitions, but repeat is NEVER; allowed is true", null);
        }
        return promise.screen() && configuration.screen();
    }

    private Duration budget(NoLeak promise, AnnotatedElement element) {
        return promise.budget().isEmpty()
                ? configuration.budget()
                : parsed(element, "budget", () -> Durations.parse(promise.budget()));
    }

    private static <T> T parsed(AnnotatedElement element, String attribute, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw misuse(element, attribute, e.getMessage(), e);
        }
    }

    private static ExtensionConfigurationException misuse(
            AnnotatedElement element, String attribute, @Nullable String problem, @Nullable Exception cause) {
        String message = "@NoLeak on " + element + ": " + attribute + " = " + problem;
        return cause == null
                ? new ExtensionConfigurationException(message)
                : new ExtensionConfigurationException(message, cause);
    }
}
