package io.heapspec.rates;

import io.heapspec.NoLeak;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bodies as tests. */
class BodyTestCases {

    static final String SEED_PROPERTY_NAME = "heapspec.rates.seed";

    private static final List<Trial> TRIALS = Trial.round(Long.getLong(SEED_PROPERTY_NAME, 1));

    static List<Trial> everyRun() {
        return withSensitivity(1);
    }

    static List<Trial> oneIn10() {
        return withSensitivity(10);
    }

    static List<Trial> oneIn20() {
        return withSensitivity(20);
    }

    private static List<Trial> withSensitivity(int everyNthRun) {
        return TRIALS.stream()
                .filter(trial -> trial.everyNthRun() == everyNthRun)
                .toList();
    }

    @ParameterizedTest
    @MethodSource
    @NoLeak
    void everyRun(Trial trial) throws Exception {
        trial.body().action().run();
    }

    @ParameterizedTest
    @MethodSource
    @NoLeak(everyNthRun = 10)
    void oneIn10(Trial trial) throws Exception {
        trial.body().action().run();
    }

    @ParameterizedTest
    @MethodSource
    @NoLeak(everyNthRun = 20)
    void oneIn20(Trial trial) throws Exception {
        trial.body().action().run();
    }
}
