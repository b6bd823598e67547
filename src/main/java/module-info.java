/** Memory testing for the JVM: leaks and allocation regressions fail the test that introduces them. */
module io.heapspec {
    requires transitive org.junit.jupiter.api;
    requires static info.picocli;
    requires static java.instrument;
    requires static jol.core;
    requires static jdk.jfr;
    requires static net.bytebuddy;
    requires static net.bytebuddy.agent;
    requires static org.assertj.core;
    requires static org.junit.platform.launcher;
    requires static transitive org.jspecify;
    requires awaitility;
    requires com.google.gson;
    requires java.management;
    requires jdk.management;

    exports io.heapspec;
    exports io.heapspec.assertj;
    exports io.heapspec.heap;
    exports io.heapspec.heap.growth;
    exports io.heapspec.result;

    // Without this JUnit cannot create the extension on the module path.
    opens io.heapspec to
            org.junit.platform.commons;

    // The command line's options are fields that picocli sets.
    opens io.heapspec.cli to
            info.picocli;

    provides org.junit.jupiter.api.extension.Extension with
            io.heapspec.HeapSpecExtension;
    provides org.junit.platform.launcher.TestExecutionListener with
            io.heapspec.internal.rerun.RunObserver;
}
