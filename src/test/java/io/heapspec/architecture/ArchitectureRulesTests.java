package io.heapspec.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A rule that cannot fail protects nothing, so each one is held against classes that break it. */
class ArchitectureRulesTests {

    private static final String ROOT = "io.heapspec.architecture.fixtures";
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(ROOT);

    /** Rule to what each of its complaints has to contain; a complaint about anything else is too much. */
    private static final Map<String, List<String>> COMPLAINTS = Map.ofEntries(
            entry("everyPackageHasAPlace", List.of("Forgotten")),
            entry("dependenciesPointDown", List.of("LooksUp", "AsksTheAgent", "Records")),
            entry("packagesHaveNoCycles", List.of("Graph")),
            entry("witnessesDoNotKnowOneAnother", List.of("AsksTheAgent")),
            entry("onlyTheRerunUsesTheLauncher", List.of("StartsTests")),
            entry("junitStaysOutside", List.of("StartsTests", "KnowsTheFramework")),
            entry("onlyTheTraceUsesFlightRecorder", List.of("RecordsEvents")),
            entry("onlyTheAgentUsesByteBuddy", List.of("WeavesCode")),
            entry("onlyTheAssertionsUseAssertJ", List.of("Asserts")),
            entry("onlyDeepSizesUseJol", List.of("MeasuresObjects")),
            entry("onlyTheCommandLineUsesPicocli", List.of("ParsesOptions")),
            entry("onlyGcForcesCollections", List.of("CollectsGarbage.directly()", "CollectsGarbage.byReference()")),
            entry(
                    "nothingPrintsToTheConsole",
                    List.of(
                            "PrintsToTheConsole.out()",
                            "PrintsToTheConsole.err()",
                            "PrintsToTheConsole.trace(java.lang.RuntimeException)")),
            entry("namesSayWhatAClassIs", List.of("ByteUtils>", "ByteUtils$ReadHelper>")),
            entry(
                    "signaturesShowNoInternalType",
                    List.of(
                            "ShowsInternals shows",
                            "ShowsInternals.field shows",
                            "ShowsInternals.<init>(",
                            "ShowsInternals.argument() shows",
                            "ShowsInternals.bound() shows",
                            "ShowsInternals.array() shows")),
            entry("everyPackageIsNullMarked", List.of(".attic.", ".internal.", ".heap.", ".result.")));

    @TestFactory
    Stream<DynamicTest> complainsAboutWhatBreaksItAndNothingElse() {
        return rules().map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> {
            var complaints = ((ArchRule) rule.invoke(new ArchitectureRules(ROOT)))
                    .evaluate(FIXTURES)
                    .getFailureReport()
                    .getDetails();
            var expected = COMPLAINTS.get(rule.getName());
            assertThat(complaints)
                    .isNotEmpty()
                    .allSatisfy(complaint -> assertThat(expected)
                            .anySatisfy(part -> assertThat(complaint).contains(part)));
            assertThat(expected)
                    .allSatisfy(part -> assertThat(complaints)
                            .anySatisfy(complaint -> assertThat(complaint).contains(part)));
        }));
    }

    @Test
    void everyRuleIsTried() {
        assertThat(rules().map(Method::getName)).containsExactlyInAnyOrderElementsOf(COMPLAINTS.keySet());
    }

    @Test
    void acceptsPackagesThatDoNotExistYet() {
        var nothing = new ClassFileImporter().importClasses();
        assertThat(rules()).allSatisfy(rule -> {
            var result = ((ArchRule) rule.invoke(new ArchitectureRules("com.example"))).evaluate(nothing);
            assertThat(result.hasViolation()).isFalse();
        });
    }

    private static Stream<Method> rules() {
        return Arrays.stream(ArchitectureRules.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == ArchRule.class)
                .filter(method -> method.getParameterCount() == 0);
    }
}
