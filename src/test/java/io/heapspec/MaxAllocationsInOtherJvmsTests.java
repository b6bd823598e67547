package io.heapspec;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.ChildJvm.Ended;
import io.heapspec.internal.agent.HeapSpecAgent;
import io.heapspec.result.AllocationScope;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Limits under each collector, and where something is in the way of counting. */
class MaxAllocationsInOtherJvmsTests {

    private static final Map<String, String> VERDICTS = Map.of(
            "nothing()", "passed within_limit",
            "something()", "failed limit_exceeded",
            "moreBytes()", "failed limit_exceeded",
            "twoObjects()", "failed limit_exceeded",
            "twoOfTwo()", "passed within_limit");

    @TempDir
    Path output;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC"})
    void countsObjectsWhereTheHistogramCountsGarbage(String collector) throws Exception {
        assertThat(verdicts(new ChildJvm(output, "-Xmx256m", collector).run(LimitedTestCases.class)))
                .isEqualTo(VERDICTS);
    }

    /** Bytes are the thread's, and instrumented code counts objects where that is needed. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseZGC", "-XX:+UseShenandoahGC"})
    void countsObjectsByInstrumentationWhereTheHistogramDoesNotCountGarbage(String collector) throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m", collector).run(LimitedTestCases.class);

        assertThat(verdicts(ended)).isEqualTo(VERDICTS);
        assertThat(ended.text())
                .contains(
                        "twoObjects() allocates 2 objects, 32 B; the limit is 1 object. Certified: instrumented code");
    }

    @Test
    void isCertainOfBytesOnlyWhereNeitherCanCountObjects() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m", "-XX:+UseZGC", "-XX:+DisableAttachMechanism")
                .run(LimitedTestCases.class);

        assertThat(verdicts(ended))
                .containsEntry("moreBytes()", "failed limit_exceeded")
                .containsEntry("twoObjects()", "inconclusive not_certified");
        assertThat(ended.text()).contains("this collector may not count garbage");
    }

    @Test
    void countsWhereNothingIsEverCollected() throws Exception {
        Ended ended = new ChildJvm(output, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC")
                .run(LimitedTestCases.class);

        assertThat(verdicts(ended))
                .containsEntry("nothing()", "passed within_limit")
                .containsEntry("twoObjects()", "failed limit_exceeded");
    }

    @Test
    void countsByInstrumentationWhereACollectionTookTheObjects() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx64m", "-XX:+UseSerialGC").run(LargeTestCases.class);

        assertThat(verdicts(ended))
                .containsOnly(
                        Map.entry("allocatesMoreBytes()", "failed limit_exceeded"),
                        Map.entry("allocatesSoManyBytes()", "passed within_limit"),
                        Map.entry("allocatesLessThanAThousand()", "passed within_limit"));
    }

    @Test
    void recordsABaselineByInstrumentation() throws Exception {
        Path resources = Files.createDirectories(output.resolve("resources"));
        String folder = "-Dheapspec.baseline.folder=" + resources;
        assertThat(verdicts(new ChildJvm(output.resolve("written"), "-XX:+UseZGC", folder, "-Dheapspec.baseline=write")
                        .run(RecordedTestCases.class)))
                .containsOnly(Map.entry("recorded()", "passed recorded"));

        assertThat(resources.resolve("io/heapspec/MaxAllocationsInOtherJvmsTests.allocations.txt"))
                .content()
                .contains("8 B references", "2 objects, 32 B: java.lang.Object");
        assertThat(verdicts(new ChildJvm(output.resolve("compared"), "-XX:+UseZGC", folder, "-Dheapspec.baseline=exact")
                        .run(RecordedTestCases.class)))
                .containsOnly(Map.entry("recorded()", "passed within_limit"));
    }

    static class RecordedTestCases {

        @Test
        @MaxAllocations(baseline = true)
        void recorded() {
            LimitedTestCases.twice();
        }
    }

    @Test
    void leavesAllThreadsOpenWhereGarbageIsNotCounted() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m", "-XX:+UseZGC").run(AllThreadsTestCases.class);

        assertThat(verdicts(ended)).containsOnly(Map.entry("onAnotherThread()", "inconclusive not_certified"));
        assertThat(ended.text())
                .contains("allocates an unknown number of objects on all threads; whether that keeps the limit of 5")
                .contains(
                        "Not certified: this collector does not count garbage, so what other threads allocated is not known.");
    }

    static class AllThreadsTestCases {

        private static volatile @Nullable Object sink;

        @Test
        @MaxAllocations(objects = 5_000, scope = AllocationScope.ALL_THREADS)
        void onAnotherThread() throws InterruptedException {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    sink = new Object();
                }
            });
            thread.start();
            thread.join();
        }
    }

    @Test
    void saysHowToSeeLinesWhereNobodyMayAttach() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m", "-XX:+DisableAttachMechanism").run(LimitedTestCases.class);

        assertThat(verdicts(ended)).containsEntry("twoObjects()", "failed limit_exceeded");
        assertThat(ended.text())
                .contains(
                        "Which lines allocate is not known: this JVM lets nobody attach (-XX:+DisableAttachMechanism);"
                                + " start it with -javaagent:heapspec.jar.");
    }

    @Test
    void judgesWithoutByteBuddy() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m").without("byte-buddy").run(LimitedTestCases.class);

        assertThat(verdicts(ended)).containsEntry("twoObjects()", "failed limit_exceeded");
        assertThat(ended.text()).contains("Which lines allocate is not known: Byte Buddy is missing;");
    }

    @Test
    void namesLinesWhereItIsTheAgentAndNobodyMayAttach() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m", "-XX:+DisableAttachMechanism", "-javaagent:" + agentJar())
                .run(LimitedTestCases.class);

        assertThat(verdicts(ended)).containsEntry("twoObjects()", "failed limit_exceeded");
        assertThat(ended.text()).contains("at " + LimitedTestCases.class.getName() + ".twice(");
    }

    /** Its probes are part of each method, and of what is traced. */
    @Test
    void countsBesideAnAgentThatMeasuresCoverage() throws Exception {
        String agent = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("org.jacoco.agent"))
                .findFirst()
                .orElseThrow();

        Ended ended = new ChildJvm(
                        output, "-Xmx256m", "-javaagent:" + agent + "=destfile=" + output.resolve("jacoco.exec"))
                .run(LimitedTestCases.class);

        assertThat(verdicts(ended)).isEqualTo(VERDICTS);
        assertThat(ended.text()).contains("at " + LimitedTestCases.class.getName() + ".twice(");
    }

    @Test
    void saysWhichClassCannotBeLoaded() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx256m").without("jol-core").run(MissingClassTestCases.class);

        assertThat(ended.text())
                .contains(
                        "ofMissing() FAILED org.junit.jupiter.api.extension.ExtensionConfigurationException: @MaxAllocations on ")
                .contains("of = org.openjdk.jol.info.GraphLayout, which cannot be loaded");
    }

    static class MissingClassTestCases {

        @Test
        @MaxAllocations(objects = 0, of = GraphLayout.class)
        void ofMissing() {}
    }

    /** A jar with what the manifest of ours says of the agent. */
    private Path agentJar() throws IOException {
        Path jar = output.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", HeapSpecAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static Map<String, String> verdicts(Ended ended) {
        return ended.results().stream()
                .collect(toMap(
                        result -> result.get("test").getAsString().replaceFirst(".*\\.", ""),
                        result -> result.get("verdict").getAsString() + " "
                                + result.get("reason").getAsString()));
    }

    static class LimitedTestCases {

        private static volatile @Nullable Object sink;

        @Test
        @NoAllocations
        void nothing() {}

        @Test
        @NoAllocations
        void something() {
            sink = new Object();
        }

        @Test
        @MaxAllocations(bytes = "24 B")
        void moreBytes() {
            twice();
        }

        @Test
        @MaxAllocations(objects = 1)
        void twoObjects() {
            twice();
        }

        @Test
        @MaxAllocations(objects = 2, bytes = "32 B")
        void twoOfTwo() {
            twice();
        }

        private static void twice() {
            sink = new Object();
            sink = new Object();
            sink = null;
        }
    }

    static class LargeTestCases {

        private static volatile byte @Nullable [] sink;

        @Test
        @MaxAllocations(bytes = "10 MiB")
        void allocatesMoreBytes() {
            hundredMebibytes();
        }

        @Test
        @MaxAllocations(bytes = "101 MiB")
        void allocatesSoManyBytes() {
            hundredMebibytes();
        }

        @Test
        @MaxAllocations(objects = 1_000)
        void allocatesLessThanAThousand() {
            hundredMebibytes();
        }

        private static void hundredMebibytes() {
            for (int i = 0; i < 100; i++) {
                sink = new byte[1 << 20];
            }
            sink = null;
        }
    }
}
