package io.heapspec;

import io.heapspec.Configuration.KnownLeaksUse;
import io.heapspec.internal.protocol.LeakPlan;
import io.heapspec.internal.report.ResultsFile;
import io.heapspec.internal.report.TestName;
import io.heapspec.internal.suppression.AllowRule;
import io.heapspec.internal.suppression.AllowedFile;
import io.heapspec.internal.suppression.AllowedText;
import io.heapspec.internal.suppression.ExpectedLeak;
import io.heapspec.internal.suppression.KnownLeak;
import io.heapspec.internal.suppression.KnownLeaksFile;
import io.heapspec.internal.suppression.SuppressionException;
import io.heapspec.internal.suppression.Suppressions;
import io.heapspec.internal.suppression.Suppressions.Unused;
import io.heapspec.result.Fate;
import io.heapspec.result.Finding;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.SuppressedLeak;
import io.heapspec.result.Verdict;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What configuration, and the files beside the tests, suppress in this run: read once, and at its end told what of it was of no use. */
final class RunSuppressions {

    private static final System.Logger LOGGER = System.getLogger(RunSuppressions.class.getName());

    private final Path output;
    private final Path folder;
    private final KnownLeaksUse use;
    private final KnownLeaksFile baseline;
    private final Suppressions suppressions;

    RunSuppressions(Configuration configuration) {
        output = configuration.output();
        folder = configuration.baselineFolder();
        use = configuration.knownLeaksUse();
        baseline = new KnownLeaksFile(folder);
        try {
            List<KnownLeak> known =
                    use == KnownLeaksUse.OFF ? List.of() : baseline.read().orElse(List.of());
            suppressions = new Suppressions(rules(configuration), known);
        } catch (SuppressionException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<AllowRule> rules(Configuration configuration) throws SuppressionException {
        AllowedText syntax = new AllowedText(RunSuppressions::problemOf);
        List<AllowRule> rules =
                new ArrayList<>(syntax.list(configuration.allowed(), Configuration.NOLEAK_ALLOW_PROPERTY_NAME));
        Optional<Path> named = configuration.allowedFile();
        rules.addAll(
                named.isPresent()
                        ? AllowedFile.named(named.get(), Configuration.NOLEAK_ALLOW_FILE_PROPERTY_NAME, syntax)
                        : AllowedFile.inTestResources(configuration.baselineFolder(), syntax));
        return rules;
    }

    private static String problemOf(String pattern) {
        try {
            LeakPlan.checked(List.of(pattern));
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Returns a plan with what is suppressed for a test. */
    LeakPlan applyTo(LeakPlan plan, TestName test, @Nullable ExpectedLeak expected) {
        boolean anything = use == KnownLeaksUse.WRITE;
        return plan.with(
                suppressions.rulesFor(test.className()),
                found -> anything || suppressions.knows(found, test.inBaseline()),
                expected);
    }

    /** Notes what became of a test, and writes that down if it is to be recorded. */
    void judged(TestName test, LeakJudgement judgement) {
        boolean nothingToNote = suppressions.isEmpty() && use != KnownLeaksUse.WRITE;
        if (nothingToNote || judgement.verdict() == Verdict.INCONCLUSIVE) {
            return;
        }
        Stream<Finding> counting = Stream.concat(judgement.leaks().stream(), judgement.unclosed().stream());
        Set<String> found = Stream.concat(
                        counting, judgement.suppressed().stream().map(SuppressedLeak::found))
                .map(Finding::fingerprint)
                .collect(Collectors.toSet());
        boolean listed = suppressions.judged(test.inBaseline(), test.className(), found, judgement.suppressed());
        List<KnownLeak> lines = Suppressions.lines(
                test.inBaseline(),
                judgement.suppressed().stream()
                        .filter(each -> each.fate() == Fate.KNOWN)
                        .map(SuppressedLeak::found));
        if (use == KnownLeaksUse.WRITE && (listed || !lines.isEmpty())) {
            record(test, lines);
        }
    }

    private void record(TestName test, List<KnownLeak> lines) {
        if (!Files.isDirectory(folder)) {
            throw new ExtensionConfigurationException(
                    baseline.name() + " cannot be written: there is no folder " + folder
                            + " in " + Path.of("").toAbsolutePath() + ", and "
                            + Configuration.BASELINE_FOLDER_PROPERTY_NAME + " names no other");
        }
        try {
            baseline.record(test.inBaseline(), lines);
        } catch (SuppressionException e) {
            throw new ExtensionConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Lists what matched nothing. What was recorded anew has nothing of that kind. */
    void end(JvmDescription jvm) {
        List<Unused> unused = use == KnownLeaksUse.WRITE ? List.of() : suppressions.unused();
        if (unused.isEmpty()) {
            return;
        }
        Map<String, String> sources = new LinkedHashMap<>();
        unused.forEach(each -> sources.put(each.text(), each.source()));
        new ResultsFile(output).appendUnused(sources, jvm);
        LOGGER.log(
                Level.WARNING,
                () -> "HeapSpec: nothing was found in this run of what is suppressed by"
                        + unused.stream()
                                .map(each -> "\n  " + each.text() + " (" + each.source() + ")")
                                .collect(Collectors.joining()));
    }
}
