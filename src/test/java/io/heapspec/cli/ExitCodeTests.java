package io.heapspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts rely on: a number, and one line on what is wrong. */
class ExitCodeTests {
    @TempDir
    private Path folder;

    private Path few;
    private Path many;

    @BeforeEach
    void writeDumps() throws IOException {
        few = SampleDump.write(folder.resolve("few.hprof"), 3);
        many = SampleDump.write(folder.resolve("many.hprof"), 9);
    }

    @Test
    void failsOnGrowthOnlyIfAsked() {
        assertThat(Run.of("diff", few, many).exitCode()).isZero();
        assertThat(Run.of("diff", few, many, "--fail-on-growth", 6).exitCode()).isEqualTo(1);
        assertThat(Run.of("diff", few, many, "--fail-on-growth", 7).exitCode()).isZero();
        assertThat(Run.of("diff", many, few, "--fail-on-growth", 1, "--all").exitCode())
                .isZero();
    }

    @Test
    void judgesGrowthThatIsNotListed() {
        assertThat(Run.of("diff", few, many, "--top", 1, "--fail-on-growth", 6).exitCode())
                .isEqualTo(1);
        assertThat(Run.of("diff", few, many, "--filter-class", "java.*", "--fail-on-growth", 6)
                        .exitCode())
                .isZero();
    }

    @Test
    void understandsSizes() {
        assertThat(Run.of("diff", few, many, "--metric", "bytes", "--fail-on-growth", "600 B")
                        .exitCode())
                .isEqualTo(1);
        assertThat(Run.of("diff", few, many, "--metric", "bytes", "--fail-on-growth", "1 MiB")
                        .exitCode())
                .isZero();
        assertWrong("'many' is not a number of objects", "diff", few, many, "--fail-on-growth", "many");
        assertWrong(
                "'1 KB' is not a number of bytes", "diff", few, many, "--metric", "bytes", "--fail-on-growth", "1 KB");
    }

    @Test
    void failsOnFoundObjectsOnlyIfAsked() {
        assertThat(Run.of("paths", few, "--class", "com.acme.Session").exitCode())
                .isZero();
        assertThat(Run.of("paths", few, "--class", "com.acme.Session", "--fail-on-found")
                        .exitCode())
                .isEqualTo(1);
        assertThat(Run.of("paths", few, "--class", "com.acme.Nobody", "--fail-on-found")
                        .exitCode())
                .isZero();
        assertThat(Run.of("paths", few, "--object", "0x1300", "--fail-on-found").exitCode())
                .isZero();
    }

    @Test
    void answersWrongUsageInOneLine() {
        assertWrong("Which command? There are info, histogram, paths, retained, diff, sanitize");
        assertWrong("did you mean", "histgram", few);
        assertWrong("Missing required parameter: 'DUMP'", "info");
        assertWrong("'-3' is not a number from 0 on", "histogram", few, "--top", "-3");
        assertWrong("Unknown options: '--tpo', '3'", "histogram", few, "--tpo", "3");
        assertWrong("is no regular expression", "histogram", few, "--filter", "/(/");
        assertWrong("'cats' is none of objects, bytes, retained", "diff", few, many, "--metric", "cats");
        assertWrong("'some' is neither explaining nor all", "paths", few, "--class", "A", "--roots", "some");
        assertWrong("'it' is neither object nor class", "retained", few, "--by", "it");
    }

    @Test
    void wantsTwoDumpsToCompare() {
        assertWrong("DUMP", "diff", few);
    }

    @Test
    void wantsAClassOrAnObject() {
        assertWrong("--class", "paths", few);
        assertWrong("mutually exclusive", "paths", few, "--class", "A", "--object", "0x1");
        assertWrong("'zero' is no address such as 0x7ff01c28", "paths", few, "--object", "zero");
        assertWrong("No object of the dump is at 0x1", "paths", few, "--object", "0x1");
        assertWrong("No object of the dump is at 0x1", "retained", few, "--below", "0x1");
        assertWrong("--below lists objects", "retained", few, "--below", "0x1000", "--by", "class");
    }

    @Test
    void answersUnusableFilesInOneLine() throws IOException {
        Path cut = folder.resolve("cut.hprof");
        byte[] bytes = Files.readAllBytes(many);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 10));
        Path text = Files.writeString(folder.resolve("text.hprof"), "no dump");
        assertUnusable("there is no such file", "info", folder.resolve("none.hprof"));
        assertUnusable("cut.hprof: at byte", "histogram", cut);
        assertUnusable("it does not begin with", "retained", text);
        assertUnusable("Cannot use heap dump", "info", folder);
        assertUnusable("it does not begin with", "diff", few, text);
        assertUnusable("Cannot read or write", "histogram", few, "--html", folder.resolve("no/such/folder.html"));
    }

    @Test
    void copiesOverAFileOnlyIfAsked() throws IOException {
        Path copy = folder.resolve("copy.hprof");
        Run first = Run.of("sanitize", many, copy, "--verify", "--fields");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("Each class has as many objects of the same size in both.");
        assertThat(Files.size(copy)).isEqualTo(Files.size(many));
        assertWrong("--force replaces it", "sanitize", few, copy);
        assertThat(Run.of("sanitize", few, copy, "--force").exitCode()).isZero();
        assertThat(Files.size(copy)).isEqualTo(Files.size(few));
        assertWrong("must be another file", "sanitize", few, few, "--force");
        assertUnusable(
                "at byte", "sanitize", Files.writeString(folder.resolve("text"), "no dump"), folder.resolve("x"));
    }

    @Test
    void saysWhichHeapToTry() throws Exception {
        Path large = folder.resolve("large.hprof");
        SampleDump.write(large, 200_000);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx10m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "retained",
                        large.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isEqualTo(4);
        assertThat(err.lines())
                .singleElement()
                .asString()
                .startsWith("heapspec: ")
                .contains("-Xmx");
    }

    @Test
    void helpsAndTellsItsVersion() {
        for (String command : new String[] {"info", "histogram", "paths", "retained", "diff", "sanitize"}) {
            Run help = Run.of(command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.err()).isEmpty();
            assertThat(help.out()).contains("Usage: heapspec " + command, "Exit codes:", "Examples:", "--json");
        }
        assertThat(Run.of("--version").out()).startsWith("heapspec ");
        assertThat(Run.of("-h").exitCode()).isZero();
    }

    private static void assertWrong(String part, Object... args) {
        Run run = Run.of(args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertOneLine(part, run);
    }

    private static void assertUnusable(String part, Object... args) {
        Run run = Run.of(args);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertOneLine(part, run);
    }

    private static void assertOneLine(String part, Run run) {
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("heapspec: ")
                .contains(part);
    }
}
