package io.heapspec.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitivityTests {

    /** The figures are those of the formula in the class's documentation, worked out by hand. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 7", "7, 30", "13, 58", "26, 117", "52, 237"})
    void choosesBlocksLongEnough(int everyNthRun, int runs) {
        assertThat(new Sensitivity(everyNthRun).leastRuns()).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource({"3, 7", "13, 58", "50, 227"})
    void catchesWithTheStatedCertainty(int everyNthRun, int runs) {
        int blocks = 5;
        double shown = 1 - Math.pow(1 - 1.0 / everyNthRun, new Sensitivity(everyNthRun).leastRuns());
        assertThat(Math.pow(shown, blocks)).isGreaterThanOrEqualTo(0.95);
    }
}
