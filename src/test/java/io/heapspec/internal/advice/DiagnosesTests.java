package io.heapspec.internal.advice;

import static io.heapspec.internal.advice.Chains.byStatic;
import static io.heapspec.internal.advice.Chains.leak;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.Leak;
import io.heapspec.result.RootKind;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DiagnosesTests {

    private static final String LIST = "java.util.ArrayList list[*]!";
    private static final String FRAME =
            "local variable in org.junit.platform.engine.support.hierarchical.NodeTestTask.execute(NodeTestTask.java:95) on thread \"main\"";
    private static final Leak OF_THE_CODE = byStatic("com.acme.Client.POOL", "com.acme.Session", LIST);

    private final EarlierLeaks earlier = new EarlierLeaks();

    private Diagnosis of(Leak leak) {
        return of(leak, false);
    }

    private Diagnosis of(Leak leak, boolean debugged) {
        Scene scene =
                new Scene("CartTest.pays()", List.of("com.acme.CartTest", "com.acme.BaseTest"), earlier, debugged);
        return new Diagnoses(List.of(leak), scene).of(leak);
    }

    private String holderOf(Leak leak) {
        return of(leak).holder().word();
    }

    private String siteOf(Leak leak) {
        return of(leak).site().map(KnownSite::id).orElse("");
    }

    @Test
    void leavesTheCodeToTheChain() {
        assertThat(holderOf(OF_THE_CODE)).isEqualTo("code");
        assertThat(siteOf(OF_THE_CODE)).isEmpty();
    }

    @Test
    void knowsTheTestsOwnFields() {
        assertThat(holderOf(byStatic("com.acme.CartTest.SEEN", "com.acme.Session", LIST)))
                .isEqualTo("test");
        assertThat(holderOf(byStatic("com.acme.BaseTest.SEEN", "com.acme.Session", LIST)))
                .isEqualTo("test");
        Leak byInstance = leak(RootKind.THREAD, "thread \"main\"", "com.acme.Session", "com.acme.CartTest .seen", LIST);
        assertThat(of(byInstance).advice()).startsWith("The test itself holds it, by its field CartTest.seen,");
    }

    @Test
    void knowsWhoseAThreadLocalIs() {
        Leak ofTheTest = byThreadLocal("com.acme.CartTest.CONTEXT");
        assertThat(holderOf(ofTheTest)).isEqualTo("test");
        assertThat(of(ofTheTest).advice())
                .startsWith(
                        "The test itself keeps it on a thread, by a ThreadLocal of its own (CartTest.CONTEXT), and not");

        Leak diagnosticContext = byThreadLocal("ch.qos.logback.classic.util.LogbackMDCAdapter.readWriteThreadLocalMap");
        assertThat(holderOf(diagnosticContext)).isEqualTo("log_buffer");
        assertThat(siteOf(diagnosticContext)).isEqualTo("mdc");

        assertThat(holderOf(byThreadLocal("com.acme.Shop.CONTEXT"))).isEqualTo("code");
        assertThat(siteOf(byThreadLocal("com.acme.Shop.CONTEXT"))).isEqualTo("thread-local");
        assertThat(siteOf(byThreadLocal("in com.acme.Shop.ALL"))).isEqualTo("thread-local");
    }

    private static Leak byThreadLocal(String key) {
        return leak(
                RootKind.THREAD,
                "thread \"main\"",
                "com.acme.Session",
                "java.lang.Thread thread local " + key,
                "java.util.HashMap map[key]!");
    }

    @Test
    void doesNotBlameTheTestForWhatItsFieldsLeadTo() {
        assertThat(holderOf(byStatic("com.acme.CartTest.CLIENT", "com.acme.Session", "com.acme.Client .open", LIST)))
                .isEqualTo("code");
        assertThat(holderOf(byStatic("com.acme.CartTest$Pool.FREE", "com.acme.Session", LIST)))
                .isEqualTo("code");
    }

    @Test
    void knowsJUnitAndItsStores() {
        Leak leak = leak(
                RootKind.JAVA_FRAME,
                FRAME,
                "com.acme.Session",
                "org.junit.platform.engine.support.store.NamespacedHierarchicalStore .storedValues",
                "java.util.concurrent.ConcurrentHashMap map[key]!");

        assertThat(holderOf(leak)).isEqualTo("test_framework");
        assertThat(siteOf(leak)).isEqualTo("junit-store");
        assertThat(holderOf(leak(RootKind.JAVA_FRAME, FRAME, "com.acme.Session", LIST)))
                .isEqualTo("test_framework");
    }

    @Test
    void isNotTakenInByNamesThatSoundLikeFrameworks() {
        for (String type : List.of(
                "com.acme.TestRegistry", "com.acme.junit.Store", "org.junitish.Store", "com.acme.mockito.Mocks")) {
            assertThat(holderOf(byStatic(type + ".ALL", "com.acme.Session", LIST)))
                    .as(type)
                    .isEqualTo("code");
        }
        Leak extension = leak(
                RootKind.JAVA_FRAME, FRAME, "com.acme.Session", "org.junit.Registry .all", "com.acme.Ext .seen", LIST);
        assertThat(holderOf(extension)).isEqualTo("code");
    }

    @Test
    void knowsAnExceptionThatTheRunnerKeeps() {
        Leak leak = leak(
                RootKind.JAVA_FRAME,
                FRAME,
                "com.acme.Session",
                "org.junit.platform.launcher.listeners.MutableTestExecutionSummary .failures",
                LIST,
                "org.opentest4j.AssertionFailedError .actual",
                "org.opentest4j.ValueWrapper .value");

        assertThat(holderOf(leak)).isEqualTo("exception");
        assertThat(of(leak).advice()).startsWith("JUnit keeps AssertionFailedError to the end of the run");
    }

    @Test
    void leavesExceptionsOfTheCodeToTheCode() {
        assertThat(holderOf(byStatic(
                        "com.acme.Client.FAILURES", "com.acme.Session", LIST, "com.acme.SessionException .session")))
                .isEqualTo("code");
    }

    @Test
    void looksBelowThreadLocalsForWhoseTheyAre() {
        Leak leak = leak(
                RootKind.THREAD,
                "thread \"main\"",
                "org.mockito.internal.progress.MockingProgressImpl",
                "java.lang.Thread .threadLocals",
                "java.lang.ThreadLocal$ThreadLocalMap .table",
                "java.lang.ThreadLocal$ThreadLocalMap$Entry[] [*]!",
                "java.lang.ThreadLocal$ThreadLocalMap$Entry .value");

        assertThat(holderOf(leak)).isEqualTo("mock_framework");
        assertThat(siteOf(leak)).isEqualTo("mockito-progress");
    }

    @Test
    void doesNotCallAThreadOfAFrameworkItsBuffer() {
        Leak leak =
                leak(RootKind.THREAD, "thread \"AsyncAppender-*\"", "org.apache.logging.log4j.core.util.Log4jThread");

        assertThat(holderOf(Chains.threads(leak))).isEqualTo("code");
    }

    @Test
    void choosesTheSiteNearestToTheLeakedObject() {
        Leak leak = byStatic(
                "java.lang.System.props",
                "com.acme.Session",
                "java.util.Properties map[key]",
                "com.google.common.eventbus.SubscriberRegistry .subscribers",
                "java.util.concurrent.ConcurrentHashMap map[key]!");

        assertThat(siteOf(leak)).isEqualTo("guava-event-bus");
    }

    @Test
    void findsASiteAtTheRootAsWellAsAtAHop() {
        assertThat(siteOf(byStatic("java.sql.DriverManager.registeredDrivers", "java.sql.DriverInfo", LIST)))
                .isEqualTo("jdbc-drivers");
        assertThat(siteOf(byStatic("java.sql.DriverManager.logWriter", "com.acme.Writer", LIST)))
                .isEmpty();
        assertThat(siteOf(leak(RootKind.OTHER, "the JVM itself", "com.acme.X", "java.lang.ClassValue$Entry .value!")))
                .isEqualTo("class-value");
        assertThat(siteOf(leak(RootKind.THREAD, "thread \"Keep-Alive-Timer\"", "com.acme.Loader", "com.acme.X .a!")))
                .isEqualTo("http-keep-alive");
    }

    @Test
    void prefersTheFirstOfTwoSitesAtOneHop() {
        Leak leak = leak(
                RootKind.THREAD,
                "thread \"main\"",
                "com.acme.Session",
                "java.lang.Thread .inheritableThreadLocals",
                "java.util.HashMap map[key]!");

        assertThat(siteOf(leak)).isEqualTo("inheritable-thread-local");
    }

    @Nested
    class UnderADebugger {

        private static final String LOCAL =
                "local variable in com.acme.Worker.run(Worker.java:33) on thread \"worker\"";

        @Test
        void saysSoWhereALocalVariableHoldsTheLeak() {
            Diagnosis diagnosis = of(leak(RootKind.JAVA_FRAME, LOCAL, "com.acme.Session", LIST), true);

            assertThat(diagnosis.holder().word()).isEqualTo("debugger");
            assertThat(diagnosis.advice())
                    .startsWith("A debugger is attached")
                    .endsWith("or let it drop what it has collected.");
        }

        @Test
        void keepsToTheChainElsewhere() {
            assertThat(of(OF_THE_CODE, true).holder().word()).isEqualTo("code");
            assertThat(holderOf(leak(RootKind.JAVA_FRAME, LOCAL, "com.acme.Session", LIST)))
                    .isEqualTo("code");
        }

        @Test
        void isKnownByTheJvmsArguments() {
            assertThat(List.of("-agentlib:jdwp=transport=dt_socket,server=y", "-Xrunjdwp:server=y"))
                    .allMatch(Scene::startsDebugger);
            assertThat(List.of("-javaagent:jdwp.jar", "-Xmx1g", "-agentlib:hprof"))
                    .noneMatch(Scene::startsDebugger);
        }
    }

    @Test
    void saysForWhichTestALeakWasReportedFirst() {
        assertThat(of(OF_THE_CODE).firstSeenIn()).isEmpty();
        assertThat(of(OF_THE_CODE).firstSeenIn()).isEmpty();
        Scene other = new Scene("CartTest.empties()", List.of("com.acme.CartTest"), earlier, false);

        Diagnosis again = new Diagnoses(List.of(OF_THE_CODE), other).of(OF_THE_CODE);

        assertThat(again.firstSeenIn()).contains("CartTest.pays()");
        assertThat(again.advice())
                .endsWith("\nThe same leak was first reported for CartTest.pays(): what mends it there mends it here.");
    }

    @Test
    void takesSuperclassesAndClassesAroundForTheTests() {
        assertThat(Scene.of("", Inner.class, earlier).testClasses())
                .containsExactly(Inner.class.getName(), Base.class.getName(), DiagnosesTests.class.getName());
    }

    private static class Base {}

    private static class Inner extends Base {}
}
