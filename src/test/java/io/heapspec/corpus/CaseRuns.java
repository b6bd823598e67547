package io.heapspec.corpus;

import io.heapspec.Configuration;
import io.heapspec.corpus.Corpus.Case;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test of the corpus again and again, with its whole life cycle and without any judging. */
final class CaseRuns {

    private final Launcher launcher = LauncherFactory.create();
    private final LauncherDiscoveryRequest request;
    private final String code;

    CaseRuns(Case test) {
        Class<?> type = test.type();
        code = (type.getEnclosingClass() == null ? type : type.getEnclosingClass()).getName();
        request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(Configuration.NOLEAK_PROPERTY_NAME, "off")
                .selectors(DiscoverySelectors.selectMethod(type, test.method()))
                .build();
    }

    void run(int times) {
        for (int i = 0; i < times; i++) {
            launcher.execute(request);
        }
    }

    /** Returns what the names of the classes begin with that the test's code is in. */
    String code() {
        return code;
    }
}
