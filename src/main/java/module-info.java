/** Memory testing for the JVM: leaks and allocation regressions fail the test that introduces them. */
module io.heapspec {
    requires transitive org.junit.jupiter.api;
    requires static org.junit.platform.launcher;
    requires static org.jspecify;
    requires awaitility;
    requires com.google.gson;
    requires java.management;
    requires jdk.management;

// A package can be exported only once it holds a class.
// exports io.heapspec;
// exports io.heapspec.heap;
// exports io.heapspec.result;

// Without this JUnit cannot create the extension on the module path.
// opens io.heapspec to
//        org.junit.platform.commons;

// provides org.junit.jupiter.api.extension.Extension with
//        io.heapspec.HeapSpecExtension;
}
