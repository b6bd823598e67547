package io.heapspec.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heapspec.internal.util.ObjectFormat;
import io.heapspec.result.AllocationLimit;
import io.heapspec.result.AllocationScope;
import io.heapspec.result.ClassAllocations;
import io.heapspec.result.RecordedAllocations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineFileTests {

    private static final Environment JDK_17 = new Environment(17, new ObjectFormat(4, 12, 8));
    private static final Environment JDK_25 = new Environment(25, new ObjectFormat(4, 12, 8));
    private static final Environment JDK_25_ON_ZGC = new Environment(25, new ObjectFormat(8, 12, 8));
    private static final BaselineKey PARSES = key("parses()");
    private static final BaselineKey STRINGS =
            new BaselineKey("Inner.parses(String)[#1]", "java.lang.String", AllocationScope.ALL_THREADS);
    private static final List<ClassAllocations> SOME =
            List.of(new ClassAllocations("java.lang.Object", 2, 32), new ClassAllocations("int[][]", 1, 24));

    @TempDir
    Path folder;

    @Test
    void writesSortedTextThatPeopleCanRead() throws Exception {
        in(JDK_25).record(Map.of(STRINGS, List.of(new ClassAllocations("java.lang.String", 1, 24))));
        in(JDK_25).record(Map.of(PARSES, SOME));
        in(JDK_17).record(Map.of(PARSES, SOME));
        in(JDK_25_ON_ZGC).record(Map.of(PARSES, List.of()));

        assertThat(Files.readString(path())).isEqualTo("""
                        # What tests allocate, recorded by HeapSpec: heapspec.baseline=write writes it.

                        test Inner.parses(String)[#1]
                          of java.lang.String
                          on all threads
                          on JDK 25, 4 B references, 12 B headers
                          1 object, 24 B: java.lang.String

                        test parses()
                          on JDK 17, 4 B references, 12 B headers
                          on JDK 25, 4 B references, 12 B headers
                          1 object, 24 B: int[][]
                          2 objects, 32 B: java.lang.Object

                        test parses()
                          on JDK 25, 8 B references, 12 B headers
                        """);
    }

    @Test
    void findsWhatItWrote() throws BaselineException {
        in(JDK_17).record(Map.of(PARSES, SOME));

        RecordedAllocations found = in(JDK_17).find(PARSES).orElseThrow();

        assertThat(found.classes()).containsExactlyInAnyOrderElementsOf(SOME);
        assertThat(found.objects()).isEqualTo(3);
        assertThat(found.bytes()).isEqualTo(56);
        assertThat(found.here()).isTrue();
        assertThat(in(JDK_17).find(STRINGS)).isEmpty();
    }

    @Test
    void fallsBackOnTheEnvironmentThatIsMostAlike() throws BaselineException {
        in(JDK_17).record(Map.of(PARSES, List.of()));
        in(JDK_25).record(Map.of(PARSES, SOME));

        RecordedAllocations found = in(JDK_25_ON_ZGC).find(PARSES).orElseThrow();

        assertThat(found.here()).isFalse();
        assertThat(found.environment()).isEqualTo("JDK 25, 4 B references, 12 B headers");
        assertThat(found.objects()).isEqualTo(3);
    }

    @Test
    void replacesWhatHeldBeforeAndKeepsTheRest() throws BaselineException {
        in(JDK_17).record(Map.of(PARSES, SOME, STRINGS, SOME));
        in(JDK_25).record(Map.of(PARSES, SOME));
        in(JDK_17).record(Map.of(PARSES, List.of()));

        assertThat(in(JDK_17).find(PARSES).orElseThrow().objects()).isZero();
        assertThat(in(JDK_25).find(PARSES).orElseThrow().objects()).isEqualTo(3);
        assertThat(in(JDK_17).find(STRINGS).orElseThrow().objects()).isEqualTo(3);
    }

    @Test
    void losesNothingWhenSeveralWrite() throws BaselineException {
        IntStream.range(0, 40).parallel().forEach(this::record);

        for (int i = 0; i < 40; i++) {
            assertThat(in(JDK_17).find(key("test" + i + "()"))).isPresent();
        }
    }

    private void record(int number) {
        try {
            in(JDK_17).record(Map.of(key("test" + number + "()"), SOME));
        } catch (BaselineException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hasNothingWhereThereIsNoFile() throws BaselineException {
        assertThat(in(JDK_17).find(PARSES)).isEmpty();
    }

    @Test
    void needsAFolderToWriteTo() {
        BaselineFile file = new BaselineFile(getClass(), folder.resolve("missing"), JDK_17);

        assertThatExceptionOfType(BaselineException.class)
                .isThrownBy(() -> file.record(Map.of(PARSES, SOME)))
                .withMessageContaining("there is no folder " + folder.resolve("missing"))
                .withMessageContaining("heapspec.baseline.folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<<<<<<< HEAD | line 1 is \"<<<<<<< HEAD\"; a test comes first",
                "test a()~<<<<<<< HEAD | line 2 is \"<<<<<<< HEAD\"; lines are like",
                "test a()~  2 objects: Foo | line 2 is \"  2 objects: Foo\"; lines are like",
                "test a()~  on JDK 17 | line 2 is \"  on JDK 17\"; \"JDK 17\" is not like \"JDK 17, 4 B references",
                "test a() | line 1 is \"test a()\"; it does not say where",
                "test a()~  1 object, 16 B: A~  1 object, 16 B: A | line 3 is \"  1 object, 16 B: A\"; that class",
                "test a()~  on JDK 17, 4 B references, 12 B headers~test a()~  on JDK 17, 4 B references, 12 B headers"
                        + " | has two baselines for a() on JDK 17",
            })
    void namesTheLineThatIsNotReadable(String text, String problem) throws IOException {
        write(text.replace("~", "\n").getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(BaselineException.class)
                .isThrownBy(() -> in(JDK_17).find(PARSES))
                .withMessageContaining(problem);
    }

    @Test
    void keepsAFileThatItCannotRead() throws IOException {
        write(new byte[] {(byte) 0xc3, (byte) 0x28});

        assertThatExceptionOfType(BaselineException.class)
                .isThrownBy(() -> in(JDK_17).record(Map.of(PARSES, SOME)));
        assertThat(Files.size(path())).isEqualTo(2);
    }

    @Test
    void takesAnyEndOfLineAndComments() throws Exception {
        in(JDK_17).record(Map.of(PARSES, SOME));
        write(("# mine\r\n" + Files.readString(path()).replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8));

        assertThat(in(JDK_17).find(PARSES)).isPresent();
    }

    private BaselineFile in(Environment environment) {
        return new BaselineFile(Inner.class, folder, environment);
    }

    private Path path() {
        return folder.resolve("io/heapspec/internal/baseline/BaselineFileTests.allocations.txt");
    }

    private void write(byte[] content) throws IOException {
        Files.createDirectories(path().getParent());
        Files.write(path(), content);
    }

    private static BaselineKey key(String test) {
        return new BaselineKey(test, AllocationLimit.EVERYTHING, AllocationScope.TEST_THREAD);
    }

    private static class Inner {}
}
