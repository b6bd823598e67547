package io.heapspec.internal.rerun;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Watches the run that the user started: its configuration parameters, which an extension cannot list, and how many tests it started,
 * by which the screen knows whether two judged tests followed each other.
 *
 * <p>The launcher makes this listener, Jupiter makes the extension, and neither knows the other: what they share is static. Runs that
 * repeat a test do not register it.
 */
public final class RunObserver implements TestExecutionListener {

    private static final AtomicLong STARTED_TESTS = new AtomicLong();
    private static volatile @Nullable ConfigurationParameters parameters;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        parameters = plan.getConfigurationParameters();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        parameters = null;
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        if (identifier.isTest()) {
            STARTED_TESTS.incrementAndGet();
        }
    }

    /** Returns how many tests were started; 0 where no launcher told. */
    static long startedTests() {
        return STARTED_TESTS.get();
    }

    /** Returns the configuration parameters of the run that the user started. */
    static Map<String, String> parameters() {
        ConfigurationParameters known = parameters;
        return known == null
                ? Map.of()
                : known.keySet().stream()
                        .filter(key -> known.get(key).isPresent())
                        .collect(Collectors.toMap(
                                Function.identity(), key -> known.get(key).orElseThrow()));
    }
}
