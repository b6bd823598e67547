package io.heapspec.internal.report;

import static io.heapspec.internal.report.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.result.ClassLoaderJudgement;
import io.heapspec.result.GcRootDescription;
import io.heapspec.result.GcRootPath;
import io.heapspec.result.JvmDescription;
import io.heapspec.result.PathElement;
import io.heapspec.result.Reason;
import io.heapspec.result.RootKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the texts of {@code @NoClassLoaderLeak} to the letter: each file in {@code golden} is one of them. */
class LoaderMessageTests {

    private static final TestName TEST = new TestName(
            "[engine:junit-jupiter]/[class:com.acme.PluginTest]/[method:undeploys()]",
            "com.acme.PluginTest",
            "undeploys",
            "",
            "");
    private static final String EVIDENCE = "forced collections left it alive for 3000 ms";
    private static final PathElement ITS_CLASS = new PathElement("com.acme.Context", "its class", false);
    private static final PathElement ITS_LOADER = new PathElement("class com.acme.Context", "its class loader", false);

    private static final GcRootPath BY_THREAD_LOCAL = chain(
            new GcRootDescription(RootKind.THREAD, "thread \"main\""),
            new PathElement("java.lang.Thread", "thread local com.acme.Context.CURRENT", false),
            ITS_CLASS,
            ITS_LOADER);
    private static final GcRootPath BY_DRIVER = chain(
            new GcRootDescription(RootKind.STATIC_FIELD, "static field java.sql.DriverManager.registeredDrivers"),
            new PathElement("java.util.concurrent.CopyOnWriteArrayList", "list[*]", false),
            new PathElement("java.sql.DriverInfo", ".driver", false),
            ITS_CLASS,
            ITS_LOADER);

    @Test
    void namesAThreadLocal() {
        assertThat(text(kept(BY_THREAD_LOCAL))).isEqualTo(golden("loader-thread-local.txt"));
    }

    @Test
    void namesADriver() {
        assertThat(text(kept(BY_DRIVER))).isEqualTo(golden("loader-driver.txt"));
    }

    @Test
    void namesAStaticFieldOutside() {
        assertThat(text(kept(chain(
                        new GcRootDescription(RootKind.STATIC_FIELD, "static field com.acme.Registry.ALL"),
                        new PathElement("java.util.ArrayList", "list[*]", false),
                        ITS_CLASS,
                        ITS_LOADER))))
                .isEqualTo(golden("loader-static-field.txt"));
    }

    @Test
    void namesAThread() {
        assertThat(text(kept(ofThread("pool-*-thread-*")))).isEqualTo(golden("loader-thread.txt"));
    }

    @Test
    void namesAThreadOfTheJvm() {
        assertThat(text(kept(ofThread("JFR Periodic Tasks")))).isEqualTo(golden("loader-jvm-thread.txt"));
    }

    @Test
    void namesAShutdownHook() {
        assertThat(text(kept(chain(
                        new GcRootDescription(
                                RootKind.STATIC_FIELD, "static field java.lang.ApplicationShutdownHooks.hooks"),
                        new PathElement("java.util.IdentityHashMap", "map[key]", false),
                        new PathElement("java.lang.Thread", ".contextClassLoader", false)))))
                .isEqualTo(golden("loader-shutdown-hook.txt"));
    }

    @Test
    void saysThatACureDoesNotHelp() {
        assertThat(text(judgement(Reason.NOT_CURED, EVIDENCE, BY_DRIVER))).isEqualTo(golden("loader-not-cured.txt"));
    }

    @Test
    void saysThatThereIsNothingToCure() {
        assertThat(text(judgement(Reason.NOTHING_TO_CURE, "it was collected", null)))
                .isEqualTo(golden("loader-nothing-to-cure.txt"));
    }

    @Test
    void saysThatAnExpectedLeakIsGone() {
        assertThat(text(judgement(Reason.LOADER_NO_LONGER_KEPT, "it was collected", null)))
                .isEqualTo(golden("loader-no-longer-kept.txt"));
    }

    @Test
    void saysWhyNothingCouldBeSaid() {
        assertThat(text(judgement(
                        Reason.UNEXPLAINED, EVIDENCE + ", but nothing that the heap dump shows holds it", null)))
                .isEqualTo(golden("loader-inconclusive.txt"));
    }

    @Test
    void comparesWhatWasPromisedWithWhatIs() {
        LoaderMessage kept = new LoaderMessage(TEST, kept(BY_DRIVER));
        LoaderMessage gone = new LoaderMessage(TEST, judgement(Reason.LOADER_NO_LONGER_KEPT, "", null));

        assertThat(kept.expected()).isEqualTo("class loader of PluginTest.undeploys()\ncollected");
        assertThat(kept.actual())
                .isEqualTo(
                        "class loader of PluginTest.undeploys()\nkept by static field java.sql.DriverManager.registeredDrivers");
        assertThat(gone.expected()).isEqualTo("class loader of PluginTest.undeploys()\nkept");
        assertThat(gone.actual()).isEqualTo("class loader of PluginTest.undeploys()\ncollected");
    }

    @Test
    void writesOneLineForMachines() {
        String line = LoaderJson.line(
                TEST,
                judgement(Reason.NOT_CURED, EVIDENCE, BY_DRIVER),
                new JvmDescription("17.0.15", "OpenJDK 64-Bit Server VM", "G1", 1L << 30));

        assertThat(line + "\n").isEqualTo(golden("loader.jsonl"));
    }

    private static GcRootPath ofThread(String name) {
        return chain(
                new GcRootDescription(RootKind.THREAD, "thread \"" + name + "\""),
                new PathElement("java.lang.Thread", ".contextClassLoader", false));
    }

    private static GcRootPath chain(GcRootDescription root, PathElement... elements) {
        return new GcRootPath(root, false, List.of(elements), "io.heapspec.internal.disposable.DisposableLoader");
    }

    private static ClassLoaderJudgement kept(GcRootPath chain) {
        return new ClassLoaderJudgement(Reason.LOADER_KEPT, EVIDENCE, "", 23, chain, 3120.04);
    }

    private static ClassLoaderJudgement judgement(Reason reason, String detail, GcRootPath chain) {
        return new ClassLoaderJudgement(reason, detail, "com.acme.DeregisterDrivers", 1, chain, 3120.04);
    }

    private static String text(ClassLoaderJudgement judgement) {
        return new LoaderMessage(TEST, judgement).text() + "\n";
    }
}
