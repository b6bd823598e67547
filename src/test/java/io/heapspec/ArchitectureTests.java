package io.heapspec;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.heapspec.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

/** Repeats for the class path what {@code module-info} and the order of packages promise. */
class ArchitectureTests {

    private static final String ROOT = "io.heapspec";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(ROOT);

    private final ArchitectureRules rules = new ArchitectureRules(ROOT);

    @Test
    void everyPackageHasAPlace() {
        rules.everyPackageHasAPlace().check(PRODUCT);
    }

    @Test
    void dependenciesPointDown() {
        rules.dependenciesPointDown().check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        rules.packagesHaveNoCycles().check(PRODUCT);
    }

    @Test
    void witnessesDoNotKnowOneAnother() {
        rules.witnessesDoNotKnowOneAnother().check(PRODUCT);
    }

    @Test
    void onlyTheRerunUsesTheLauncher() {
        rules.onlyTheRerunUsesTheLauncher().check(PRODUCT);
    }

    @Test
    void junitStaysOutside() {
        rules.junitStaysOutside().check(PRODUCT);
    }

    @Test
    void onlyTheTraceUsesFlightRecorder() {
        rules.onlyTheTraceUsesFlightRecorder().check(PRODUCT);
    }

    @Test
    void onlyTheAgentUsesByteBuddy() {
        rules.onlyTheAgentUsesByteBuddy().check(PRODUCT);
    }

    @Test
    void onlyTheAssertionsUseAssertJ() {
        rules.onlyTheAssertionsUseAssertJ().check(PRODUCT);
    }

    @Test
    void onlyTheCommandLineUsesPicocli() {
        rules.onlyTheCommandLineUsesPicocli().check(PRODUCT);
    }

    @Test
    void onlyDeepSizesUseJol() {
        rules.onlyDeepSizesUseJol().check(PRODUCT);
    }

    @Test
    void onlyGcForcesCollections() {
        rules.onlyGcForcesCollections().check(PRODUCT);
    }

    @Test
    void nothingPrintsToTheConsole() {
        rules.nothingPrintsToTheConsole().check(PRODUCT);
    }

    @Test
    void namesSayWhatAClassIs() {
        rules.namesSayWhatAClassIs().check(PRODUCT);
    }

    @Test
    void signaturesShowNoInternalType() {
        rules.signaturesShowNoInternalType().check(PRODUCT);
    }

    @Test
    void everyPackageIsNullMarked() {
        rules.everyPackageIsNullMarked().check(PRODUCT);
    }
}
