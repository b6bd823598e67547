package io.heapspec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heapspec.Kit.Outcome;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** Expected leaks, allowed retention and the baseline of known leaks, for real. */
@Isolated("the switches of the fixtures are shared")
class SuppressionTests {

    private static final String BASELINE = "heapspec.noleak.baseline";

    @TempDir
    Path folder;

    private int run;

    @BeforeEach
    void leakAgain() {
        Switch.first = true;
        Switch.second = true;
    }

    @Test
    void expectedLeaksPassWhileTheyAreThere() {
        Outcome outcome = run(kit(), ExpectingTestCases.class);

        assertThat(outcome.verdict("documents")).isEqualTo("passed expected_leak");
        assertThat(outcome.verdict("combined")).isEqualTo("passed expected_leak");
        assertThat(outcome.verdict("metaAnnotated")).isEqualTo("passed expected_leak");
        assertThat(outcome.verdict("parameterized")).isEqualTo("passed expected_leak");
        assertThat(outcome.verdict("gone")).isEqualTo("failed leak_gone");
        assertThat(outcome.failure("gone"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(
                        "@ExpectLeak: SuppressionTests.ExpectingTestCases.gone(): no leak is there any more")
                .hasMessageContaining("it was expected because of: BUG-2")
                .hasMessageEndingWith("remove @ExpectLeak, or put @NoLeak in its place.");
        assertThat(outcome.verdict("anotherOne")).isEqualTo("failed leak");
        assertThat(outcome.verdict("promisesDespiteItsClass")).isEqualTo("failed leak");
        assertThat(suppressed(outcome, "documents").get("by").getAsString()).isEqualTo("BUG-1");
        assertThat(suppressed(outcome, "documents").get("fate").getAsString()).isEqualTo("expected");
    }

    @Test
    void expectedLeaksAreRefusedWithoutAReason() {
        Outcome outcome = run(kit(), MisusingTestCases.class);

        assertThat(outcome.failure("noReason"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("noReason()")
                .hasMessageContaining("reason = \" \" is blank");
        assertThat(outcome.failure("noFingerprint")).hasMessageContaining("fingerprint = \"xyz\" is none");
        assertThat(outcome.failure("neverRepeated")).hasMessageContaining("repeat of @NoLeak is NEVER");
    }

    @Test
    void expectedLeaksAreJudgedWhereverTestsAre() {
        assertThat(run(kit().with("heapspec.noleak", "off"), SingleTestCases.class)
                        .results())
                .isEmpty();
        assertThat(run(kit().autodetected().with("heapspec.noleak", "everywhere"), SingleTestCases.class)
                        .verdict("documents"))
                .isEqualTo("passed expected_leak");
    }

    @Test
    void theBaselineIsWrittenAndLetsOnlyNewLeaksFail() throws IOException {
        Switch.second = false;
        Outcome written = run(kit().with(BASELINE, "write"), LegacyTestCases.class);

        assertThat(written.verdict("legacy")).isEqualTo("passed known_leak");
        String fingerprint = suppressed(written, "legacy").get("fingerprint").getAsString();
        assertThat(baseline())
                .singleElement()
                .asString()
                .startsWith(fingerprint + " " + LegacyTestCases.class.getName() + ".legacy() ")
                .contains("Switch.FIRST");

        Outcome same = run(kit(), LegacyTestCases.class);
        assertThat(same.verdict("legacy")).isEqualTo("passed known_leak");
        assertThat(same.events().testEvents().reportingEntryPublished().list())
                .singleElement()
                .asString()
                .contains(fingerprint);
        assertThat(same.results()).hasSize(1);

        Switch.second = true;
        Outcome more = run(kit(), LegacyTestCases.class);
        assertThat(more.verdict("legacy")).isEqualTo("failed leak");
        assertThat(more.failure("legacy"))
                .hasMessageContaining("GC root: static field io.heapspec.SuppressionTests$Switch.SECOND")
                .hasMessageNotContaining("GC root: static field io.heapspec.SuppressionTests$Switch.FIRST")
                .hasMessageContaining("Left out, besides: ")
                .hasMessageContaining(fingerprint + ") is known: heapspec/known-leaks.txt")
                .hasMessageContaining("Line for heapspec/known-leaks.txt: "
                        + more.leak("legacy").get("fingerprint").getAsString());

        Switch.first = false;
        Switch.second = false;
        Outcome fixed = run(kit(), LegacyTestCases.class);
        assertThat(fixed.verdict("legacy")).startsWith("passed n");
        assertThat(unused(fixed)).singleElement().asString().startsWith(fingerprint);

        run(kit().with(BASELINE, "write"), LegacyTestCases.class);
        assertThat(baseline()).isEmpty();
    }

    @Test
    void patternsOfConfigurationAndFileAllow() throws IOException {
        Path file = folder.resolve("allowed.txt");
        Files.writeString(file, """
                # ours
                io.heapspec.SuppressionTests$Switch:SECOND in io.heapspec.Suppression*   # BUG-3
                com.acme.Never:a,b                                                        # of no use
                com.acme.NotMeant in com.acme.*                                           # of other tests
                """);
        Outcome outcome = run(
                kit().with("heapspec.noleak.allow.file", file.toString())
                        .with("heapspec.noleak.allow", "com.acme.Unheard:x,y, *$Switch:FIRST"),
                LegacyTestCases.class);

        assertThat(outcome.verdict("legacy")).isEqualTo("passed allowed");
        assertThat(outcome.result("legacy").getAsJsonArray("suppressed").toString())
                .contains("*$Switch:FIRST (heapspec.noleak.allow)")
                .contains("allowed.txt line 2: BUG-3)");
        assertThat(unused(outcome)).containsExactly("com.acme.Unheard:x,y", "com.acme.Never:a,b");
    }

    @Test
    void whatIsLeftOpenMayBeExpectedKnownOrAllowed() throws IOException {
        Outcome written = run(kit().with(BASELINE, "write"), OpeningTestCases.class);

        assertThat(written.verdict("documents")).isEqualTo("passed expected_leak");
        assertThat(written.verdict("legacy")).isEqualTo("passed known_leak");
        JsonObject found = suppressed(written, "legacy");
        String fingerprint = found.get("fingerprint").getAsString();
        assertThat(found.get("kind").getAsString()).isEqualTo("files");
        assertThat(baseline())
                .containsExactly(fingerprint + " " + OpeningTestCases.class.getName()
                        + ".legacy() java.io.FileInputStream left open");

        assertThat(run(kit(), OpeningTestCases.class).verdict("legacy")).isEqualTo("passed known_leak");
        Outcome elsewhere = run(kit(), MoreOpeningTestCases.class);
        assertThat(elsewhere.verdict("another")).isEqualTo("failed unclosed");
        assertThat(elsewhere.failure("another"))
                .hasMessageContaining("Line for heapspec/known-leaks.txt: " + fingerprint + " "
                        + MoreOpeningTestCases.class.getName() + ".another()\n");
        Outcome allowed = run(kit().with("heapspec.noleak.allow", "java.io.File*"), MoreOpeningTestCases.class);
        assertThat(allowed.verdict("another")).isEqualTo("passed allowed");
    }

    @Test
    void whatIsLessSevereThanAskedForFailsNoTest() {
        assertThat(run(kit(), GradedTestCases.class).failure("small")).hasMessageContaining("\nSeverity: low.\n");

        Outcome outcome = run(kit().with("heapspec.fail-on", "medium"), GradedTestCases.class);
        assertThat(outcome.verdict("small")).isEqualTo("passed allowed");
        assertThat(suppressed(outcome, "small").get("fate").getAsString()).isEqualTo("tolerated");
        assertThat(suppressed(outcome, "small").get("by").getAsString())
                .isEqualTo("low severity, below heapspec.fail-on = medium");
        assertThat(outcome.verdict("documented")).isEqualTo("passed expected_leak");
        assertThat(outcome.failure("large")).hasMessageContaining("\nSeverity: high.\n");

        assertThat(run(kit().with("heapspec.fail-on", "severe"), GradedTestCases.class)
                        .failure("small"))
                .hasMessageContaining("low, medium, high, critical");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Cache", "com.acme.Cache: # why", "com.acme.Cache in # why"})
    void linesOfTheFileThatCannotBeReadAreNamed(String line) throws IOException {
        Path file = folder.resolve("heapspec/allowed-leaks.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# ours\n" + line + "\n");

        assertThat(run(kit(), SingleTestCases.class).failure("documents"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("allowed-leaks.txt")
                .hasMessageContaining("line 2 is \"" + line + "\"")
                .hasMessageContaining("com.acme.Cache:field");
    }

    private Kit kit() {
        return new Kit(folder.resolve("out" + run++)).with("heapspec.baseline.folder", folder.toString());
    }

    private static Outcome run(Kit kit, Class<?> tests) {
        return kit.run(tests);
    }

    private List<String> baseline() throws IOException {
        return Files.readAllLines(folder.resolve("heapspec/known-leaks.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static JsonObject suppressed(Outcome outcome, String method) {
        return outcome.result(method).getAsJsonArray("suppressed").get(0).getAsJsonObject();
    }

    private static List<String> unused(Outcome outcome) {
        JsonObject line = outcome.results().get(outcome.results().size() - 1);
        assertThat(line.get("promise").getAsString()).isEqualTo("suppressions");
        return line.getAsJsonArray("unused").asList().stream()
                .map(each -> each.getAsJsonObject().get("suppression").getAsString())
                .toList();
    }

    /** Two leaks that can be fixed. */
    static final class Switch {
        static final List<Object> FIRST = new ArrayList<>();
        static final List<Object> SECOND = new ArrayList<>();
        static boolean first = true;
        static boolean second = true;

        static void use() {
            if (first) {
                FIRST.add(new Entry());
            }
            if (second) {
                SECOND.add(new Other());
            }
        }
    }

    static final class Entry {
        final byte[] data = new byte[100];
    }

    static final class Other {
        final int[] data = new int[200];
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ExpectLeak(reason = "BUG-4")
    @interface Documented {}

    @NoLeak
    @ExpectLeak(reason = "the class leaks")
    static class ExpectingTestCases {

        @Test
        @ExpectLeak(reason = "BUG-1")
        void documents() {
            Switch.FIRST.add(new Entry());
        }

        @Test
        @NoLeak(repeat = Repeat.BODY)
        @ExpectLeak(reason = "BUG-1")
        void combined() {
            Switch.FIRST.add(new Entry());
        }

        @Test
        @Documented
        void metaAnnotated() {
            Switch.FIRST.add(new Entry());
        }

        @ParameterizedTest
        @ValueSource(ints = 1)
        void parameterized(int count) {
            Switch.FIRST.add(new byte[count + 100]);
        }

        @Test
        @ExpectLeak(reason = "BUG-2")
        void gone() {
            new Entry();
        }

        @Test
        @ExpectLeak(reason = "BUG-2", fingerprint = "0123456789abcdef")
        void anotherOne() {
            Switch.FIRST.add(new Entry());
        }

        @Test
        @NoLeak
        void promisesDespiteItsClass() {
            Switch.FIRST.add(new Entry());
        }
    }

    @NoLeak
    static class GradedTestCases {

        @Test
        void small() {
            Switch.FIRST.add(new Entry());
        }

        @Test
        @ExpectLeak(reason = "BUG-5")
        void documented() {
            Switch.FIRST.add(new Entry());
        }

        @Test
        void large() {
            Switch.FIRST.add(new byte[70_000]);
        }
    }

    static class MisusingTestCases {

        @Test
        @ExpectLeak(reason = " ")
        void noReason() {}

        @Test
        @ExpectLeak(reason = "BUG", fingerprint = "xyz")
        void noFingerprint() {}

        @Test
        @NoLeak(repeat = Repeat.NEVER)
        @ExpectLeak(reason = "BUG")
        void neverRepeated() {}
    }

    static class SingleTestCases {

        @Test
        @ExpectLeak(reason = "BUG-1")
        void documents() {
            Switch.FIRST.add(new Entry());
        }
    }

    private static void leaveOpen() throws IOException {
        assertThat(new FileInputStream(System.getProperty("java.home") + "/release").read())
                .isPositive();
    }

    @NoLeak
    static class OpeningTestCases {

        @Test
        @ExpectLeak(reason = "BUG-5")
        void documents() throws IOException {
            leaveOpen();
        }

        @Test
        void legacy() throws IOException {
            leaveOpen();
        }
    }

    @NoLeak
    static class MoreOpeningTestCases {

        @Test
        void another() throws IOException {
            leaveOpen();
        }
    }

    @NoLeak
    static class LegacyTestCases {

        @Test
        void legacy() {
            Switch.use();
        }
    }
}
