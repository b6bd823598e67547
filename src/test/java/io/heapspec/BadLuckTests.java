package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapspec.ChildJvm.Ended;
import io.heapspec.ChildJvm.Started;
import io.heapspec.Kit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BadLuckTests {

    @TempDir
    Path output;

    @Test
    void explainsInASmallHeap() throws Exception {
        assertThat(new ChildJvm(output, "-Xmx64m").run(LeakTestCases.class).verdict())
                .isEqualTo("failed leak");
    }

    @Test
    void judgesWithoutExplicitCollections() throws Exception {
        Ended ended = new ChildJvm(output, "-XX:+UseG1GC", "-XX:+DisableExplicitGC").run(LeakTestCases.class);

        assertThat(ended.verdict()).isEqualTo("failed leak");
    }

    @Test
    void isInconclusiveWhereNothingIsEverCollected() throws Exception {
        Ended ended =
                new ChildJvm(output, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC").run(LeakTestCases.class);

        assertThat(ended.verdict()).isEqualTo("inconclusive no_confirmed_collection");
        assertThat(ended.detail()).contains("no collection could be forced").contains("Epsilon");
        assertThat(ended.text()).contains("ABORTED").contains("Run the tests without -XX:+DisableExplicitGC");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no ulimit")
    void isInconclusiveWhereTheDiskIsFull() throws Exception {
        Ended ended = new ChildJvm(output).withFileLimit(512).run(LeakTestCases.class);

        assertThat(ended.verdict()).isEqualTo("inconclusive no_dump");
        assertThat(ended.detail()).contains("growth was confirmed, but there is no heap dump");
        try (var files = Files.list(output)) {
            assertThat(files).containsExactly(output.resolve("results.jsonl"));
        }
    }

    /** Flight Recorder would end the JVM there. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void standsOnTheOtherWitnessesWhereTheDiskIsTooFullToRecord() throws Exception {
        Path small = Files.createDirectory(output.resolve("small"));
        assumeTrue(runs("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()), "may not mount a disk");
        try {
            Ended ended =
                    new ChildJvm(output, "-XX:FlightRecorderOptions:repository=" + small).run(LeakTestCases.class);

            assertThat(ended.verdict()).isEqualTo("failed leak");
            assertThat(ended.text())
                    .contains("no recording: Flight Recorder needs 64.0 MiB in " + small + ", where 1.0 MiB are left");
        } finally {
            assertThat(runs("umount", small.toString())).isTrue();
        }
    }

    private static boolean runs(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException thereIsNone) {
            return false;
        }
    }

    @Test
    void usesTheTemporaryFolderWhereTheOutputCannotBeWrittenTo() throws Exception {
        Path file = Files.createFile(output.resolve("file"));
        Path temporary = Files.createDirectory(output.resolve("tmp"));
        Ended ended = new ChildJvm(file.resolve("inside"), "-Djava.io.tmpdir=" + temporary).run(LeakTestCases.class);

        assertThat(ended.text())
                .contains("FAILED")
                .contains("HeapSpec could not write")
                .contains("the result is in");
        assertThat(Kit.results(temporary.resolve("heapspec"))).hasSize(1);
    }

    @Test
    void leavesATestThatRunsOutOfMemoryAlone() throws Exception {
        Ended ended = new ChildJvm(output, "-Xmx64m").run(OutOfMemoryTestCases.class);

        // JUnit ends the run: to it, running out of memory is not one test's failure.
        assertThat(ended.text())
                .contains("java.lang.OutOfMemoryError: Java heap space")
                .doesNotContain("@NoLeak");
    }

    @Test
    void repeatsALargeLeakOnlyAsOftenAsTheHeapHasRoom() throws Exception {
        assertThat(new ChildJvm(output, "-Xmx96m").run(LargeLeakTestCases.class).verdict())
                .isEqualTo("failed leak");
    }

    @Test
    void losesNoResultOfTwoJvmsWithOneFolder() throws Exception {
        Started first = new ChildJvm(output).start(ManyTestCases.class);
        Started second = new ChildJvm(output).start(ManyTestCases.class);
        first.end();

        assertThat(second.end().results()).hasSize(40).allMatch(result -> result.has("jvm"));
    }

    @Test
    void isInconclusiveWhereARepetitionFails() {
        FailsWhenRepeatedTestCases.RUNS.set(0);
        Outcome outcome = new Kit(output).run(FailsWhenRepeatedTestCases.class);

        assertThat(outcome.verdict("passesOnce")).isEqualTo("inconclusive could_not_repeat");
        assertThat(outcome.result("passesOnce").get("detail").getAsString())
                .contains("java.lang.IllegalStateException: only once");
    }

    @Test
    void isInconclusiveWhereARepetitionHangs() {
        HangsTestCases.RUNS.set(0);
        Outcome outcome = new Kit(output)
                .with(Configuration.NOLEAK_DEADLINE_PROPERTY_NAME, "500 ms")
                .run(HangsTestCases.class);

        assertThat(outcome.verdict("hangs")).isEqualTo("inconclusive deadline");
        assertThat(outcome.result("hangs").get("detail").getAsString()).contains("did not end within 500 ms");
    }

    @Test
    void isInconclusiveWhereTheBudgetIsSpent() {
        Outcome outcome = new Kit(output)
                .with(Configuration.NOLEAK_BUDGET_PROPERTY_NAME, "1 ms")
                .run(LeakTestCases.class);

        assertThat(outcome.verdict("keeps")).isEqualTo("inconclusive budget_spent");
    }

    @Test
    void judgesATestThatInterruptsItsThread() {
        Outcome outcome = new Kit(output).run(InterruptingTestCases.class);

        assertThat(outcome.verdict("keepsAndInterrupts")).isEqualTo("failed leak");
    }

    @Test
    void findsShutdownHooks() throws Exception {
        Ended ended = new ChildJvm(output).run(ShutdownHookTestCases.class);

        assertThat(ended.verdict()).isEqualTo("failed leak");
        assertThat(ended.text()).contains("java.lang.ApplicationShutdownHooks.hooks");
    }

    @NoLeak
    static class LeakTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void keeps() {
            KEPT.add(new Object());
        }
    }

    @NoLeak
    static class LargeLeakTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void keeps() {
            KEPT.add(new byte[256 << 10]);
        }
    }

    @NoLeak
    static class OutOfMemoryTestCases {

        @Test
        void runsOut() {
            List<byte[]> all = new ArrayList<>();
            while (true) {
                all.add(new byte[1 << 20]);
            }
        }
    }

    @NoLeak
    static class ManyTestCases {

        @RepeatedTest(20)
        void empty() {}
    }

    @NoLeak
    static class FailsWhenRepeatedTestCases {

        static final AtomicInteger RUNS = new AtomicInteger();
        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void passesOnce() {
            KEPT.add(new Object());
            if (RUNS.incrementAndGet() > 1) {
                throw new IllegalStateException("only once");
            }
        }
    }

    @NoLeak
    static class HangsTestCases {

        static final AtomicInteger RUNS = new AtomicInteger();
        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void hangs() throws InterruptedException {
            KEPT.add(new Object());
            if (RUNS.incrementAndGet() > 1) {
                new CountDownLatch(1).await();
            }
        }
    }

    @NoLeak
    static class InterruptingTestCases {

        static final List<Object> KEPT = new ArrayList<>();

        @Test
        void keepsAndInterrupts() {
            KEPT.add(new Object());
            Thread.currentThread().interrupt();
        }
    }

    @NoLeak
    static class ShutdownHookTestCases {

        @Test
        void registersAHook() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        }
    }
}
