package io.heapspec;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes by a launcher, as a build tool does, in a JVM of their own; says in the output how each test ended. */
final class ChildRun {

    private ChildRun() {}

    public static void main(String[] testClasses) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        Arrays.stream(testClasses).forEach(name -> request.selectors(selectClass(name)));
        LauncherFactory.create().execute(request.build(), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    System.out.println(test.getLegacyReportingName() + " " + result.getStatus() + " "
                            + result.getThrowable().map(Throwable::toString).orElse(""));
                }
            }
        });
        // Leaked threads must not keep the JVM.
        Runtime.getRuntime().halt(0);
    }
}
