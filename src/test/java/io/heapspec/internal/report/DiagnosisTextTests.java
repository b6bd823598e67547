package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.internal.advice.Diagnoses;
import io.heapspec.internal.advice.EarlierLeaks;
import io.heapspec.internal.advice.Scene;
import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.Leak;
import io.heapspec.result.LeakJudgement;
import io.heapspec.result.LeakKind;
import io.heapspec.result.PathElement;
import io.heapspec.result.Reason;
import io.heapspec.result.RootKind;
import io.heapspec.result.Severity;
import io.heapspec.result.StepCosts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds to the letter what is said where another than the code that is tested has the leak. */
class DiagnosisTextTests {

    private static final TestName TEST = new TestName("[test]", "com.acme.CartTest", "pays", "", "");
    private static final PathElement LIST = new PathElement("java.util.ArrayList", "list[*]", true);
    private static final GcRootDescription RUNNER = new GcRootDescription(
            RootKind.JAVA_FRAME,
            "local variable in org.junit.platform.launcher.core.SessionPerRequestLauncher.execute(SessionPerRequestLauncher.java:63) on thread \"main\"");

    @Test
    void namesTheTestsOwnField() {
        assertThat(text(statically("com.acme.CartTest.SEEN", "com.acme.Session", LIST)))
                .isEqualTo(golden("holder-test.txt"));
    }

    @Test
    void namesJUnit() {
        assertThat(text(leak(
                        RUNNER,
                        "com.acme.Session",
                        new PathElement(
                                "org.junit.platform.engine.support.store.NamespacedHierarchicalStore",
                                ".storedValues",
                                false),
                        new PathElement("java.util.concurrent.ConcurrentHashMap", "map[key]", true))))
                .isEqualTo(golden("holder-junit.txt"));
    }

    @Test
    void namesAMockFramework() {
        assertThat(text(statically(
                        "com.acme.CartTest.MAILER",
                        "com.github.tomakehurst.wiremock.stubbing.ServeEvent",
                        new PathElement(
                                "com.github.tomakehurst.wiremock.store.InMemoryRequestJournalStore",
                                ".serveEvents",
                                false),
                        new PathElement("java.util.concurrent.ConcurrentHashMap", "map[key]", true))))
                .isEqualTo(golden("holder-mock.txt"));
    }

    @Test
    void namesALogBuffer() {
        assertThat(text(statically(
                        "com.acme.CartTest.EVENTS",
                        "ch.qos.logback.classic.spi.LoggingEvent",
                        new PathElement("ch.qos.logback.core.read.ListAppender", ".list", false),
                        LIST)))
                .isEqualTo(golden("holder-log.txt"));
    }

    @Test
    void namesAnExceptionThatIsKept() {
        assertThat(text(leak(
                        RUNNER,
                        "com.acme.Session",
                        new PathElement(
                                "org.junit.platform.launcher.listeners.MutableTestExecutionSummary",
                                ".failures",
                                false),
                        LIST,
                        new PathElement("com.acme.PaymentException", ".session", false))))
                .isEqualTo(golden("holder-exception.txt"));
    }

    @Test
    void namesADebugger() {
        Leak leak = leak(
                new GcRootDescription(
                        RootKind.JAVA_FRAME,
                        "local variable in com.acme.Mailer.run(Mailer.java:33) on thread \"mailer\""),
                "com.acme.Mail",
                LIST);

        assertThat(text(leak, new Scene(TEST.shortName(), List.of(), new EarlierLeaks(), true)))
                .isEqualTo(golden("holder-debugger.txt"));
    }

    @Test
    void namesTheTestThatALeakWasFirstReportedFor() {
        EarlierLeaks earlier = new EarlierLeaks();
        Leak leak = statically("com.acme.Client.POOL", "com.acme.Session", LIST);
        new Diagnoses(List.of(leak), new Scene("ClientTest.connects()", List.of(), earlier, false));

        assertThat(text(leak, new Scene(TEST.shortName(), List.of(), earlier, false)))
                .isEqualTo(golden("first-seen.txt"));
    }

    @Test
    void namesAKnownSite() {
        assertThat(text(statically(
                        "java.sql.DriverManager.registeredDrivers",
                        "java.sql.DriverInfo",
                        new PathElement("java.util.concurrent.CopyOnWriteArrayList", "list[*]", true))))
                .isEqualTo(golden("known-site.txt"));
    }

    private static Leak statically(String field, String leaked, PathElement... elements) {
        return leak(new GcRootDescription(RootKind.STATIC_FIELD, "static field " + field), leaked, elements);
    }

    private static Leak leak(GcRootDescription root, String leaked, PathElement... elements) {
        GcRootPath chain = new GcRootPath(root, false, List.of(elements), leaked);
        return new Leak("0123456789abcdef", LeakKind.OBJECTS, Severity.LOW, chain, 1, 232, 232, 2, false);
    }

    private static String text(Leak leak) {
        return text(leak, new Scene(TEST.shortName(), List.of("com.acme.CartTest"), new EarlierLeaks(), false));
    }

    private static String text(Leak leak, Scene scene) {
        LeakJudgement judgement = new LeakJudgement(
                Reason.LEAK, "1 run +1, 8 runs +8", 1, 9, List.of(leak), List.of(), new StepCosts(1, 2, 3));
        return new LeakMessage(TEST, judgement, new Diagnoses(judgement.leaks(), scene)).text() + "\n";
    }
}
