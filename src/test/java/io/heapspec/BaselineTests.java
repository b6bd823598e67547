package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapspec.Kit.Outcome;
import io.heapspec.result.AllocationScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

@Isolated("other tests allocate")
class BaselineTests {

    @TempDir
    Path folder;

    private int run;

    @BeforeEach
    void allocateTwo() {
        Amount.objects = 2;
    }

    @Test
    void isWrittenWhereThatIsAskedFor() throws IOException {
        Outcome outcome = run("write", ObjectsTestCases.class, RecordedTestCases.class);

        assertThat(outcome.results())
                .hasSize(6)
                .allSatisfy(result -> assertThat(result.get("reason").getAsString())
                        .as("%s", result)
                        .isEqualTo("recorded"));
        String environment = "  on JDK " + Runtime.version().feature() + ", 4 B references, 12 B headers\n";
        assertThat(Files.readString(file()))
                .isEqualTo("""
                # What tests allocate, recorded by HeapSpec: heapspec.baseline=write writes it.

                test ObjectsTestCases.objects()
                E  2 objects, 32 B: java.lang.Object

                test RecordedTestCases.Inner.nested()
                E  1 object, 16 B: java.lang.Object

                test RecordedTestCases.onAllThreads()
                  of long[]
                  on all threads
                E  1 object, 40 B: long[]

                test RecordedTestCases.parameterized(int)[#1]
                E  1 object, 24 B: byte[]

                test RecordedTestCases.parameterized(int)[#2]
                E  1 object, 1016 B: byte[]

                test RecordedTestCases.strings()
                  of java.lang.CharSequence
                E
                """.replace("E\n", environment).replace("E  ", environment + "  "));
    }

    @Test
    void isKeptByTheSameCode() {
        run("write", ObjectsTestCases.class, RecordedTestCases.class);

        for (String use : new String[] {"compare", "exact"}) {
            Outcome outcome = run(use, ObjectsTestCases.class, RecordedTestCases.class);

            assertThat(outcome.results())
                    .hasSize(6)
                    .allSatisfy(result -> assertThat(result.get("reason").getAsString())
                            .as("%s %s", use, result)
                            .isEqualTo("within_limit"));
        }
    }

    @Test
    void isBrokenByGrowthWithADifference() {
        run("write", ObjectsTestCases.class);
        Amount.objects = 3;

        Outcome outcome = run("compare", ObjectsTestCases.class);

        assertThat(outcome.verdict("objects")).isEqualTo("failed limit_exceeded");
        assertThat(outcome.failure("objects")).isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
            assertThat(failure.getMessage())
                    .contains("48 B; its baseline is 2 objects and 32 B. ")
                    .contains("at io.heapspec.BaselineTests$ObjectsTestCases.objects(BaselineTests.java:")
                    .contains("heapspec.baseline=write rewrites " + file());
            assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("""
                            allocations per run of BaselineTests.ObjectsTestCases.objects()
                                                2 objects              32 B  all classes
                                                2 objects              32 B  java.lang.Object""");
            assertThat(failure.getActual().getStringRepresentation()).isEqualTo("""
                            allocations per run of BaselineTests.ObjectsTestCases.objects()
                                                3 objects              48 B  all classes
                                                3 objects              48 B  java.lang.Object""");
        });
    }

    @Test
    void reportsImprovement() {
        run("write", ObjectsTestCases.class);
        Amount.objects = 1;

        Outcome outcome = run("compare", ObjectsTestCases.class);

        assertThat(outcome.verdict("objects")).isEqualTo("passed improved");
        assertThat(outcome.events().testEvents().reportingEntryPublished().list())
                .singleElement()
                .asString()
                .contains("objects() allocates ")
                .contains("16 B; its baseline is 2 objects and 32 B.")
                .contains("heapspec.baseline=write records it");
    }

    @Test
    void failsWhereImprovementIsToBeRecorded() {
        run("write", ObjectsTestCases.class);
        Amount.objects = 1;

        Outcome outcome = run("exact", ObjectsTestCases.class);

        assertThat(outcome.verdict("objects")).isEqualTo("failed baseline_too_high");
        assertThat(outcome.failure("objects"))
                .hasMessageContaining("16 B; its baseline is 2 objects and 32 B.")
                .hasMessageContaining("Record what it allocates now: heapspec.baseline=write.");
    }

    @Test
    void isNeverWrittenSilently() {
        Outcome outcome = run("compare", ObjectsTestCases.class);

        assertThat(outcome.verdict("objects")).isEqualTo("failed no_baseline");
        assertThat(outcome.failure("objects"))
                .hasMessageContaining("32 B; it has no baseline to be compared with. ")
                .hasMessageContaining("Its file " + file() + " has none for it.")
                .isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
                    assertThat(failure.getExpected().getStringRepresentation()).endsWith("\nnothing recorded");
                    assertThat(failure.getActual().getStringRepresentation()).endsWith("  java.lang.Object");
                });
        assertThat(file()).doesNotExist();
    }

    @Test
    void saysWhichLineIsNotReadable() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "<<<<<<< HEAD\n");

        for (String use : new String[] {"compare", "write"}) {
            Outcome outcome = run(use, ObjectsTestCases.class);

            assertThat(outcome.verdict("objects")).isEqualTo("failed no_baseline");
            assertThat(outcome.failure("objects"))
                    .hasMessageContaining(file() + " is not readable: line 1 is \"<<<<<<< HEAD\"");
        }
        assertThat(file()).hasContent("<<<<<<< HEAD");
    }

    @Test
    void isNoAnswerOnAnotherJdk() throws IOException {
        run("write", ObjectsTestCases.class);
        Files.writeString(
                file(),
                Files.readString(file()).replace("on JDK " + Runtime.version().feature(), "on JDK 11"));
        Amount.objects = 3;

        Outcome outcome = run("compare", ObjectsTestCases.class);

        assertThat(outcome.verdict("objects")).isEqualTo("inconclusive other_environment");
        assertThat(outcome.failure("objects"))
                .hasMessageContaining("its baseline is 2 objects and 32 B, recorded on JDK 11, 4 B references");
        Amount.objects = 2;
        assertThat(run("compare", ObjectsTestCases.class).verdict("objects")).isEqualTo("passed within_limit");
    }

    @Test
    void holdsBesideADeclaredLimit() {
        Outcome written = run("write", DeclaredTestCases.class);
        assertThat(written.verdict("both")).isEqualTo("failed limit_exceeded");

        Amount.objects = 1;
        assertThat(run("write", DeclaredTestCases.class).verdict("both")).isEqualTo("passed recorded");
        assertThat(run("compare", DeclaredTestCases.class).verdict("both")).isEqualTo("passed within_limit");
    }

    @Test
    void isNotAskedForByATestThatFails() {
        Outcome outcome = run("compare", FailingTestCases.class);

        assertThat(outcome.failure("fails")).hasMessage("its own");
    }

    private Path file() {
        return folder.resolve("resources/io/heapspec/BaselineTests.allocations.txt");
    }

    private Outcome run(String use, Class<?>... testCases) {
        run++;
        Path resources = folder.resolve("resources");
        try {
            Files.createDirectories(resources);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new Kit(folder.resolve("output" + run))
                .with(Configuration.BASELINE_PROPERTY_NAME, use)
                .with(Configuration.BASELINE_FOLDER_PROPERTY_NAME, resources.toString())
                .run(testCases);
    }

    /** How much the tests below allocate. */
    static final class Amount {
        static int objects;
    }

    static class ObjectsTestCases {

        @Test
        @MaxAllocations(baseline = true)
        void objects() {
            for (int i = 0; i < Amount.objects; i++) {
                Sink.object = new Object();
            }
        }
    }

    static class RecordedTestCases {

        @Test
        @MaxAllocations(baseline = true, of = CharSequence.class)
        void strings() {
            Sink.object = new Object();
        }

        @Test
        @MaxAllocations(baseline = true, of = long[].class, scope = AllocationScope.ALL_THREADS)
        void onAllThreads() throws InterruptedException {
            Thread thread = new Thread(() -> Sink.object = new long[3]);
            thread.start();
            thread.join();
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 1_000})
        @MaxAllocations(baseline = true)
        void parameterized(int size) {
            Sink.object = new byte[size];
        }

        @Nested
        class Inner {

            @Test
            @MaxAllocations(baseline = true)
            void nested() {
                Sink.object = new Object();
            }
        }
    }

    static class DeclaredTestCases {

        @Test
        @MaxAllocations(baseline = true, objects = 1)
        void both() {
            for (int i = 0; i < Amount.objects; i++) {
                Sink.object = new Object();
            }
        }
    }

    static class FailingTestCases {

        @Test
        @MaxAllocations(baseline = true)
        void fails() {
            throw new IllegalStateException("its own");
        }
    }
}
