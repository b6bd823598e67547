package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.heapspec.NoLeak;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class ModulePathTests {

    /** First of all: on the class path everything else would pass and prove nothing. */
    @Test
    void runsOnTheModulePath() {
        assertEquals("com.acme.shop", Cart.class.getModule().getName());
        assertEquals("com.acme.shop", getClass().getModule().getName());
        assertEquals("io.heapspec", NoLeak.class.getModule().getName());
        assertEquals("org.junit.jupiter.api", Test.class.getModule().getName());
    }

    @Test
    void findsALeak() {
        var summary = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(LeakingCartTestCases.class))
                .build();

        LauncherFactory.create().execute(request, summary);

        assertEquals(1, summary.getSummary().getTestsFailedCount());
        var message =
                summary.getSummary().getFailures().get(0).getException().getMessage();
        assertTrue(message.contains("LeakingCartTestCases.OPEN"), message);
    }
}
