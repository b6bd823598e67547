package io.heapspec.internal.rerun;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.heapspec.internal.protocol.Repetition;
import io.heapspec.internal.protocol.RepetitionFailedException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs one test again through a launcher of its own: whole life cycle, from {@code @BeforeAll} to {@code @AfterAll}, and unseen by the
 * listeners of the run that the user started.
 */
final class LauncherRepetition implements Repetition {

    private static final LauncherConfig UNSEEN = LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build();

    private final String uniqueId;
    private final Map<String, String> parameters;
    private @Nullable Launcher launcher;

    LauncherRepetition(String uniqueId) {
        this.uniqueId = uniqueId;
        this.parameters = new HashMap<>(RunObserver.parameters());
        parameters.put(Reruns.MARK, "true");
        parameters.put("junit.jupiter.execution.parallel.enabled", "false");
    }

    @Override
    public void run() throws RepetitionFailedException {
        Outcome outcome = new Outcome();
        launcher().execute(request(), outcome);
        outcome.check();
    }

    private LauncherDiscoveryRequest request() {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectUniqueId(uniqueId))
                .configurationParameters(parameters)
                .build();
    }

    private Launcher launcher() {
        Launcher known = launcher;
        return known != null ? known : (launcher = LauncherFactory.create(UNSEEN));
    }

    /** Notes the first failure as text, and whether anything ran at all. */
    private static final class Outcome implements TestExecutionListener {

        private @Nullable RepetitionFailedException failure;
        private boolean ran;

        @Override
        public void executionSkipped(TestIdentifier identifier, @Nullable String reason) {
            fail(new RepetitionFailedException("it was skipped: " + reason));
        }

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            ran |= identifier.isTest();
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                fail(result.getThrowable()
                        .map(RepetitionFailedException::causedBy)
                        .orElseGet(() -> new RepetitionFailedException("it ended as " + result.getStatus())));
            }
        }

        private synchronized void fail(RepetitionFailedException described) {
            if (failure == null) {
                failure = described;
            }
        }

        private synchronized void check() throws RepetitionFailedException {
            if (failure != null) {
                throw failure;
            }
            if (!ran) {
                throw new RepetitionFailedException("it was not found again");
            }
        }
    }
}
